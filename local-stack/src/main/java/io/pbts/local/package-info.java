/** Runs the whole suite on one machine without Docker: the program behind {@code ./pbts up}, {@code down} and {@code status}. */
@NullMarked
package io.pbts.local;

import org.jspecify.annotations.NullMarked;
