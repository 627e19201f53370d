/**
 * Receipts between peers: what the receiver of a piece signs for its sender (BEP 10 messages around receipts v2), and how
 * far a sender trusts a receiver that has not signed yet. Uses the engine's door alone.
 */
@NullMarked
package io.pbts.engine.receipt;

import org.jspecify.annotations.NullMarked;
