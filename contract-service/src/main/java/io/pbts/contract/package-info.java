/** The only service that knows an EVM exists, and the only process with a chain key. */
@NullMarked
package io.pbts.contract;

import org.jspecify.annotations.NullMarked;
