/** The contracts: their calls as bytes to send, their views as records, their events. */
@NullMarked
package io.pbts.contract.chain.contracts;

import org.jspecify.annotations.NullMarked;
