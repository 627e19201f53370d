/** What this tracker accepts: kinds of receipts, their windows, and how many errors a caller may make. */
@NullMarked
package io.pbts.receipt.policy;

import org.jspecify.annotations.NullMarked;
