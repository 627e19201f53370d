/** The book: each receipt redeemed once, credited or held, and the feed of credits that others settle. */
@NullMarked
package io.pbts.receipt.ledger;

import org.jspecify.annotations.NullMarked;
