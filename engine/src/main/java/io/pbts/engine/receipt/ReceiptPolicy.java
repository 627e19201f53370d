package io.pbts.engine.receipt;

import java.time.Duration;

/**
 * How far a sender trusts.
 *
 * @param ordinary what clients get that do not sign
 * @param debtLimit bytes that may be sent ahead of signatures; raised to four pieces when it is less
 * @param chokeAfter how long a receiver over the limit keeps its slot without signing
 */
public record ReceiptPolicy(Ordinary ordinary, long debtLimit, Duration chokeAfter) {

    /** What clients get that do not sign. */
    public enum Ordinary {
        /** Nothing: {@code receipts=require}. */
        REQUIRE,
        /** Slots that signers leave free: {@code receipts=prefer}. */
        PREFER,
        /** The same as everybody; nobody is asked to sign: {@code receipts=off}. */
        OFF
    }

    public ReceiptPolicy {
        if (debtLimit < 1 || chokeAfter.isNegative()) {
            throw new IllegalArgumentException("a debt limit is positive, a patience not negative");
        }
    }

    /** 16 MiB ahead, choked after five seconds. */
    public static ReceiptPolicy of(Ordinary ordinary) {
        return new ReceiptPolicy(ordinary, 16L << 20, Duration.ofSeconds(5));
    }
}
