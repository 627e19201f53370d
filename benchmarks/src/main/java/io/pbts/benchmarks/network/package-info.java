/** The network of a benchmark, which never leaves the machine. */
@NullMarked
package io.pbts.benchmarks.network;

import org.jspecify.annotations.NullMarked;
