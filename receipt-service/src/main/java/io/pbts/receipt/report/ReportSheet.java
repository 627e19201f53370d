package io.pbts.receipt.report;

import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.ledger.LedgerKey;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.verification.Defect;
import io.pbts.receipt.verification.Finding;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.Finding.Refused;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.support.Refusal;
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
import tools.jackson.databind.JsonNode;

/** Where each receipt of one report stands while it is judged: by place, either open or with its result. */
final class ReportSheet {
    private final SortedMap<Integer, PostedReceipt> readable = new TreeMap<>();
    private final SortedMap<Integer, Plausible> open = new TreeMap<>();
    private final SortedMap<Integer, ItemResult> results = new TreeMap<>();

    private ReportSheet() {}

    /** Reads the receipts; one that cannot be read has its result at once. */
    static ReportSheet of(List<JsonNode> receipts) {
        ReportSheet sheet = new ReportSheet();
        for (int i = 0; i < receipts.size(); i++) {
            try {
                sheet.readable.put(i, ReceiptItem.read(receipts.get(i)));
            } catch (Refusal unreadable) {
                sheet.refuse(i, new Refused(Defect.BAD_ENCODING, unreadable.sentence()));
            }
        }
        return sheet;
    }

    List<PostedReceipt> readable() {
        return List.copyOf(readable.values());
    }

    /** Notes one finding for each readable receipt, in order. */
    void note(List<Finding> findings) {
        List<Integer> places = List.copyOf(readable.keySet());
        for (int i = 0; i < places.size(); i++) {
            switch (findings.get(i)) {
                case Refused refused -> refuse(places.get(i), refused);
                case Plausible plausible -> open.put(places.get(i), plausible);
            }
        }
    }

    Set<LedgerKey> openKeys() {
        Set<LedgerKey> keys = new LinkedHashSet<>();
        open.values().forEach(receipt -> keys.add(receipt.entry().key()));
        return keys;
    }

    Set<Plausible> open() {
        return new LinkedHashSet<>(open.values());
    }

    void noteRepeats(Map<LedgerKey, State> redeemed) {
        Map.copyOf(open).forEach((place, receipt) -> Optional.ofNullable(
                        redeemed.get(receipt.entry().key()))
                .ifPresent(state -> close(place, ItemResult.duplicate(place, state))));
    }

    /** Closes what nobody signed, and says how many that were. */
    int noteSigned(Set<Plausible> signed) {
        int bad = 0;
        for (var receipt : Map.copyOf(open).entrySet()) {
            if (!signed.contains(receipt.getValue())) {
                refuse(receipt.getKey(), new Refused(Defect.BAD_SIGNATURE, "not signed by receiver_public_key"));
                bad++;
            }
        }
        return bad;
    }

    /** What is left: of receipts for the same piece and receiver the first one. */
    List<LedgerEntry> redeemable() {
        Map<LedgerKey, LedgerEntry> first = new LinkedHashMap<>();
        open.values().forEach(receipt -> first.putIfAbsent(receipt.entry().key(), receipt.entry()));
        return new ArrayList<>(first.values());
    }

    void noteRedeemed(Map<LedgerKey, Outcome> outcomes) {
        Set<LedgerKey> told = new HashSet<>();
        new TreeMap<>(open).forEach((place, receipt) -> {
            LedgerEntry entry = receipt.entry();
            Outcome outcome = Optional.ofNullable(outcomes.get(entry.key()))
                    .orElseThrow(() -> new IllegalStateException("the ledger passed over a receipt"));
            boolean first = told.add(entry.key());
            close(
                    place,
                    first ? ItemResult.redeemed(place, entry, outcome) : ItemResult.duplicate(place, outcome.state()));
        });
    }

    List<ItemResult> results() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("%d receipts have no result".formatted(open.size()));
        }
        return List.copyOf(results.values());
    }

    private void refuse(int place, Refused refused) {
        close(place, ItemResult.refused(place, refused));
    }

    private void close(int place, ItemResult result) {
        open.remove(place);
        results.put(place, result);
    }
}
