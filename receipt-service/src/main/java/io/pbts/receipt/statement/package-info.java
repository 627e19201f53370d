/** An account's credited receipts with their way up to the chain, for their parties and for auditors. */
@NullMarked
package io.pbts.receipt.statement;

import org.jspecify.annotations.NullMarked;
