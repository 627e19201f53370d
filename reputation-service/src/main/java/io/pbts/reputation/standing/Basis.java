package io.pbts.reputation.standing;

import java.util.Locale;

/** Whose word the gate goes by. The ledger of receipts is the same on either. */
public enum Basis {
    /** Receipts; and against an account also what its own clients say that they downloaded, when that is more. */
    RECEIPTS {
        @Override
        Totals judged(Totals totals, long announcedUp) {
            return totals;
        }
    },
    /** What clients announce, as trackers without receipts do: up and down both, and receipts not at all. */
    REPORTED {
        @Override
        Totals judged(Totals totals, long announcedUp) {
            return new Totals(announcedUp, totals.announced(), 0, totals.announced(), totals.credit());
        }
    };

    /** What the gate judges of an account. */
    abstract Totals judged(Totals totals, long announcedUp);

    /** As the policy's row has it. */
    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Basis ofStored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
