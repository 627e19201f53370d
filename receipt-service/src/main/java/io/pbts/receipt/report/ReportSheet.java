package io.pbts.receipt.report;

import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.ledger.LedgerKey;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.Outcome.OverPairCap;
import io.pbts.receipt.ledger.Redemption.Outcome.Redeemed;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.signature.SignedReceipts;
import io.pbts.receipt.verification.Defect;
import io.pbts.receipt.verification.Finding;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.Finding.Refused;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedItem.Unreadable;
import io.pbts.receipt.verification.PostedReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where each receipt of one report stands while it is judged: by place, either open or with its result. */
final class ReportSheet {
    private final List<Integer> readable = new ArrayList<>();
    private final SortedMap<Integer, Plausible> open = new TreeMap<>();
    private final SortedMap<Integer, ItemResult> results = new TreeMap<>();
    private final SortedMap<Long, ReceiptRowHash> rows = new TreeMap<>();

    private ReportSheet() {}

    /** A receipt that cannot be read has its result at once. */
    static ReportSheet of(List<PostedItem> items) {
        ReportSheet sheet = new ReportSheet();
        for (int i = 0; i < items.size(); i++) {
            switch (items.get(i)) {
                case Unreadable unreadable -> sheet.refuse(i, new Refused(Defect.BAD_ENCODING, unreadable.sentence()));
                case PostedReceipt _ -> sheet.readable.add(i);
            }
        }
        return sheet;
    }

    /** Notes one finding for each readable receipt, in order. */
    void note(List<Finding> findings) {
        for (int i = 0; i < readable.size(); i++) {
            switch (findings.get(i)) {
                case Refused refused -> refuse(readable.get(i), refused);
                case Plausible plausible -> open.put(readable.get(i), plausible);
            }
        }
    }

    Set<LedgerKey> openKeys() {
        Set<LedgerKey> keys = new LinkedHashSet<>();
        open.values().forEach(receipt -> keys.add(receipt.key()));
        return keys;
    }

    Set<Plausible> open() {
        return new LinkedHashSet<>(open.values());
    }

    void noteRepeats(Map<LedgerKey, Row> redeemed) {
        Map.copyOf(open).forEach((place, receipt) -> Optional.ofNullable(redeemed.get(receipt.key()))
                .ifPresent(row -> close(place, ItemResult.duplicate(place, row), row)));
    }

    /** Closes what nobody signed. */
    void noteSigned(SignedReceipts signed) {
        Map.copyOf(open).forEach((place, receipt) -> {
            if (!signed.evidence().containsKey(receipt)) {
                open.remove(place);
                refuse(place, new Refused(Defect.BAD_SIGNATURE, unsigned(receipt)));
            }
        });
    }

    /** What is left: of receipts for the same piece and receiver the first one. */
    List<LedgerEntry> redeemable(SignedReceipts signed) {
        Map<LedgerKey, LedgerEntry> first = new LinkedHashMap<>();
        open.values()
                .forEach(receipt -> first.computeIfAbsent(
                        receipt.key(),
                        _ -> receipt.entry(Optional.ofNullable(signed.evidence().get(receipt))
                                .orElseThrow(() -> new IllegalStateException("an open receipt is signed")))));
        return new ArrayList<>(first.values());
    }

    void noteRedeemed(Map<LedgerKey, Outcome> outcomes) {
        Set<LedgerKey> told = new HashSet<>();
        new TreeMap<>(open).forEach((place, receipt) -> {
            Outcome outcome = Optional.ofNullable(outcomes.get(receipt.key()))
                    .orElseThrow(() -> new IllegalStateException("the ledger passed over a receipt"));
            boolean first = told.add(receipt.key());
            switch (outcome) {
                case Redeemed(Row row, boolean now) ->
                    close(
                            place,
                            first && now
                                    ? ItemResult.redeemed(place, receipt.bytes(), row)
                                    : ItemResult.duplicate(place, row),
                            row);
                case OverPairCap(Instant again) -> {
                    open.remove(place);
                    results.put(place, ItemResult.overPairCap(place, again));
                }
            }
        });
    }

    List<ItemResult> results() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("%d receipts have no result".formatted(open.size()));
        }
        return List.copyOf(results.values());
    }

    /** The ledger's rows of this report, now or before, by ascending sequence. */
    SortedMap<Long, ReceiptRowHash> rows() {
        return rows;
    }

    private static String unsigned(Plausible receipt) {
        return switch (receipt.proof().form()) {
            case SINGLE, TYPED -> "not signed by the receiver's key";
            case AGGREGATE ->
                "the aggregate is not of exactly these receipts, or a receiver in it has not proven its key";
            case BATCH -> "the batch's signature is not of exactly these receipts in this order, by their receiver";
            case SESSION -> "not signed by the session's key, or the receiver did not certify it for this";
        };
    }

    private void refuse(int place, Refused refused) {
        results.put(place, ItemResult.refused(place, refused));
    }

    private void close(int place, ItemResult result, Row row) {
        open.remove(place);
        results.put(place, result);
        rows.put(row.receiptSeq(), row.hash());
    }
}
