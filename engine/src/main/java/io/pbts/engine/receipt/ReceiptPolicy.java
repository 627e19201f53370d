package io.pbts.engine.receipt;

import io.pbts.engine.Block;
import java.time.Duration;
import java.util.List;

/**
 * How far a sender trusts, and what signatures it wants.
 *
 * @param ordinary what clients get that do not sign
 * @param debtLimit bytes that may be sent ahead of signatures; raised to some pieces when it is less
 * @param chokeAfter how long a receiver over the limit keeps its slot without signing
 * @param attestations that are understood, in the order in which a sender wishes for them
 * @param batch the most pieces that one signature may cover, 1 to 64
 */
public record ReceiptPolicy(
        Ordinary ordinary, long debtLimit, Duration chokeAfter, List<Attestation> attestations, int batch) {

    /** The cheapest first that leaves no more unsigned than any other: {@code docs/adr/0005}. */
    public static final List<Attestation> USUAL =
            List.of(Attestation.BATCH, Attestation.SESSION, Attestation.ADAPTIVE, Attestation.EACH);

    /** The most pieces that one signature covers. */
    public static final int MAX_BATCH = 64;

    /** The most that one write carries beyond the limit, per connection: it is counted when it has left. */
    private static final long ONE_WRITE = 9L * Block.SIZE;

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
        if (attestations.isEmpty() || batch < 1 || batch > MAX_BATCH) {
            throw new IllegalArgumentException("some attestation is understood, a batch has 1 to 64 pieces");
        }
        attestations = List.copyOf(attestations);
    }

    /** With the usual attestations. */
    public ReceiptPolicy(Ordinary ordinary, long debtLimit, Duration chokeAfter) {
        this(ordinary, debtLimit, chokeAfter, USUAL, MAX_BATCH);
    }

    /** 32 MiB ahead, choked after five seconds. */
    public static ReceiptPolicy of(Ordinary ordinary) {
        return new ReceiptPolicy(ordinary, 32L << 20, Duration.ofSeconds(5));
    }

    /** With these attestations alone. */
    public ReceiptPolicy with(List<Attestation> only) {
        return new ReceiptPolicy(ordinary, debtLimit, chokeAfter, only, batch);
    }

    /** With batches of so many pieces at most. */
    public ReceiptPolicy withBatch(int most) {
        return new ReceiptPolicy(ordinary, debtLimit, chokeAfter, attestations, most);
    }

    /**
     * The most bytes that a receiver gets by one connection without a signature, whenever it stops to sign; a sixty-fourth
     * of what it has signed for before comes on top.
     */
    public long worstLoss(Attestation attestation, long pieceLength) {
        return attestation.limit(debtLimit, pieceLength) + ONE_WRITE;
    }
}
