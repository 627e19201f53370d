package io.pbts.receipt.signature;

import io.pbts.protocol.evidence.Evidence;
import io.pbts.receipt.ledger.Exhibits;
import io.pbts.receipt.verification.Finding.Plausible;
import java.util.Map;

/**
 * Which receipts were signed, and what shows it.
 *
 * @param evidence by receipt; the others were not signed
 * @param bad signatures that were wrong: of an aggregate as many as receivers should have signed it
 * @param exhibits what several of them rest on together
 */
public record SignedReceipts(Map<Plausible, Evidence> evidence, int bad, Exhibits exhibits) {
    public static final SignedReceipts NONE = new SignedReceipts(Map.of(), 0, Exhibits.NONE);

    public SignedReceipts {
        evidence = Map.copyOf(evidence);
    }
}
