package io.pbts.agent.queue;

import io.pbts.engine.receipt.Earned;
import io.pbts.protocol.receipt.ReceiptDomain;

/** Receipts on disk that came with one signature. */
public record Kept(State state, ReceiptDomain domain, Earned earned) {

    /** What becomes of them. */
    public enum State {
        /** Handed in as soon as the tracker answers. */
        WAITING,
        /** The tracker answered and did not count them; kept for whoever wants to know why, or to try again. */
        REFUSED
    }
}
