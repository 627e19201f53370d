/** Which chain this is, whether the node still shows that one, and which contracts on it are ours. */
@NullMarked
package io.pbts.contract.chain.watch;

import org.jspecify.annotations.NullMarked;
