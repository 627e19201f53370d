package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.facts.SigningPlaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found about the receipts of a report, and the facts that it was judged by.
 *
 * @param findings one per readable receipt, in order
 * @param places what receipts are signed for; absent when none names a place
 * @param keys the registered ones among all keys that were named
 */
public record Examination(List<Finding> findings, Map<AccountKey, KnownKey> keys, Optional<SigningPlaces> places) {
    public Examination {
        findings = List.copyOf(findings);
        keys = Map.copyOf(keys);
    }

    /** What a receipt v2 must be signed for. */
    public Optional<ReceiptDomain> domainOf(PostedReceipt receipt) {
        return places.map(known -> known.meant(receipt.statedDomain()));
    }
}
