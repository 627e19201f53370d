/** The web3j adapter: the node, the settler's key, and the contracts by generated wrappers. */
@NullMarked
package io.pbts.contract.chain;

import org.jspecify.annotations.NullMarked;
