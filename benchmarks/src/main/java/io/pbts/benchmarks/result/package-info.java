/** What was measured: rows, their file, the machine, and what the paper measured. */
@NullMarked
package io.pbts.benchmarks.result;

import org.jspecify.annotations.NullMarked;
