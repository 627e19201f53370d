/** Verifies receipts and lets each be redeemed once. */
@NullMarked
package io.pbts.receipt;

import org.jspecify.annotations.NullMarked;
