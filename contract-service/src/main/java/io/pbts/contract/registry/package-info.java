/** The contract as key registry: whoever has its address knows who signs for an account, also when the tracker is gone. */
@NullMarked
package io.pbts.contract.registry;

import org.jspecify.annotations.NullMarked;
