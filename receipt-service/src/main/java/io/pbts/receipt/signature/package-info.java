/** Who signed: the receivers of a report's receipts, one by one, together, or through a key for a session. */
@NullMarked
package io.pbts.receipt.signature;

import org.jspecify.annotations.NullMarked;
