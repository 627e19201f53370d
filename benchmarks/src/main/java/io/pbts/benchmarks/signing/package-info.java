/** Receipts of people who do not exist over torrents that nobody has, signed in every form. */
@NullMarked
package io.pbts.benchmarks.signing;

import org.jspecify.annotations.NullMarked;
