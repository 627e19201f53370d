package io.pbts.contract.api;

import io.pbts.support.Refusal;

/** The original's answers before {@code /contract/init}, in its two wordings. */
final class NotInitialized {
    private static final String CODE = "no-reputation-contract";

    private NotInitialized() {}

    static Refusal forReading() {
        return new Refusal(400, CODE, "No Reputation contract initialized");
    }

    static Refusal forWriting() {
        return new Refusal(400, CODE, "No Reputation contract initialized. Call /contract/init first.");
    }
}
