package io.pbts.receipt.ledger;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.evidence.SessionCertificate;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * What several receipts of a report rest on together, and what must be kept beside their rows so that others can check them
 * later.
 *
 * @param certified sessions whose certificates were verified
 * @param aggregated everything that was signed into the report's aggregate, rows or not; empty without an aggregate
 */
public record Exhibits(List<Certified> certified, List<Aggregated> aggregated) {
    public static final Exhibits NONE = new Exhibits(List.of(), List.of());

    /** A certificate and the receiver's signature over it. */
    public record Certified(SessionCertificate certificate, Bytes signature) {}

    /**
     * A receipt that an aggregate was made with.
     *
     * @param aggregate the signature of them all
     */
    public record Aggregated(AccountKey.Bls receiver, Bytes signedBytes, Bytes aggregate) {}

    public Exhibits {
        certified = List.copyOf(certified);
        aggregated = List.copyOf(aggregated);
    }
}
