/** How many receipts the started suite makes durable in a second, by the form in which they are signed. */
@NullMarked
package io.pbts.benchmarks.receipts;

import org.jspecify.annotations.NullMarked;
