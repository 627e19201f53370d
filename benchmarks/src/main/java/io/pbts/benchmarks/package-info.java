/** The benches behind {@code ./pbts bench}. */
@NullMarked
package io.pbts.benchmarks;

import org.jspecify.annotations.NullMarked;
