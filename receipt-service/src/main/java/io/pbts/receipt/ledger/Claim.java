package io.pbts.receipt.ledger;

/** What a client says it moved. Kept as evidence, never credited. */
public record Claim(long uploadedDelta, long downloadedDelta) {
    /** Of a client that says nothing. */
    public static final Claim NONE = new Claim(0, 0);

    public Claim {
        if (uploadedDelta < 0 || downloadedDelta < 0) {
            throw new IllegalArgumentException("not a claim: +%d, -%d".formatted(uploadedDelta, downloadedDelta));
        }
    }

    boolean isEmpty() {
        return uploadedDelta == 0 && downloadedDelta == 0;
    }
}
