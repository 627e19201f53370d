/** What others read of the book: committed batches for whoever settles them, and how many receipts there are. */
@NullMarked
package io.pbts.receipt.feed;

import org.jspecify.annotations.NullMarked;
