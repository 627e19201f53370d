package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found about the receipts of a report, and the facts that it was judged by.
 *
 * @param findings one per readable receipt, in order
 * @param deployment this tracker's; absent when no receipt names one
 * @param keys the registered ones among all keys that were named
 */
public record Examination(List<Finding> findings, Map<AccountKey, KnownKey> keys, Optional<Deployment> deployment) {
    public Examination {
        findings = List.copyOf(findings);
        keys = Map.copyOf(keys);
    }

    /** In which receipts v2 are signed for this tracker. */
    public Optional<ReceiptDomain> domain() {
        return deployment.map(Deployment::domain);
    }
}
