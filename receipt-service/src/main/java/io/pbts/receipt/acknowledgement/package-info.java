/** What the tracker signs when it has taken receipts. */
@NullMarked
package io.pbts.receipt.acknowledgement;

import org.jspecify.annotations.NullMarked;
