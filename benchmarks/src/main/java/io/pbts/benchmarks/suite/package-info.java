/** The suite under measurement: started and stopped by {@code ./pbts}, asked over HTTP, watched through /proc. */
@NullMarked
package io.pbts.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
