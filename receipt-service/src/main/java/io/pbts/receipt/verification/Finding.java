package io.pbts.receipt.verification;

import io.pbts.receipt.ledger.LedgerEntry;

/** What became of a posted receipt before the ledger saw it. */
public sealed interface Finding {
    /**
     * It is refused.
     *
     * @param detail what is wrong, for whoever posted it
     */
    record Refused(Defect defect, String detail) implements Finding {}

    /**
     * It fits this tracker; whether it was signed is another, dearer question.
     *
     * @param keyProven whether the receiver proved possession of its key
     */
    record Plausible(LedgerEntry entry, boolean keyProven) implements Finding {}
}
