/** Merkle trees: a log of ledger rows (SHA-256, RFC 6962) and the account sums a contract can check (Keccak-256). */
@NullMarked
package io.pbts.protocol.merkle;

import org.jspecify.annotations.NullMarked;
