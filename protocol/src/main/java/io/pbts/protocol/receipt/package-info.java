/** Receipts: what a receiver signs for a piece, byte by byte, and the hash of the row it leaves in the ledger. */
@NullMarked
package io.pbts.protocol.receipt;

import org.jspecify.annotations.NullMarked;
