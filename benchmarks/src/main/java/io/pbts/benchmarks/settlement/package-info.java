/** {@code ./pbts bench settlement}: what an account costs in an epoch, by transactions on a dev chain of its own. */
@NullMarked
package io.pbts.benchmarks.settlement;

import org.jspecify.annotations.NullMarked;
