package io.pbts.contract.submission;

import io.pbts.contract.chain.MinedReceipt;

/** Learns what succeeded on chain, in the database transaction that records it. Called again after a reorganization. */
public interface MinedListener {
    void mined(Submission submission, MinedReceipt receipt);
}
