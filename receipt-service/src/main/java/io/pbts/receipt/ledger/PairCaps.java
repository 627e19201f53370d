package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.receipt.ledger.PairDays.Day;
import io.pbts.receipt.ledger.PairDays.Pair;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.Outcome.OverPairCap;
import io.pbts.receipt.ledger.Redemption.Outcome.Redeemed;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.policy.PairCapProperties;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * At most so many bytes a day from one sender to one receiver: what two who collude can wash is bounded by this and by what
 * there is to receive. Always inside a ledger transaction, before anything else in it: the rows of the pairs are locked in
 * one order by everybody, so that two reports cannot both take the last room, and never wait for each other in a circle.
 *
 * <p>Costs one statement when everything fits and is new, a second when something was not; a pair over its cap costs one
 * more, which asks for the receipts that are there already: a repeat is answered as one, whatever its pair has had.
 */
@Component
class PairCaps {
    private final PairDays days;
    private final ReceiptRows receipts;
    private final PairCapProperties properties;

    PairCaps(PairDays days, ReceiptRows receipts, PairCapProperties properties) {
        this.days = days;
        this.receipts = receipts;
        this.properties = properties;
    }

    /**
     * What may be inserted, and what became of the rest.
     *
     * @param entries those within the caps, in their order
     * @param decided outcomes of the others: over the cap, or redeemed before
     * @param added what this transaction has added to the day for all of them together
     */
    record Admission(
            List<LedgerEntry> entries, Map<LedgerKey, Outcome> decided, Map<Pair, Long> added, LocalDate date) {}

    /** Judges entries in their order; each that still fits is admitted. */
    Admission admit(InstanceId instance, List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return new Admission(entries, Map.of(), Map.of(), LocalDate.EPOCH);
        }
        SortedMap<Pair, Long> added = new TreeMap<>();
        entries.forEach(entry -> added.merge(Pair.of(entry), entry.bytes(), Math::addExact));
        Day day = days.add(added);
        Map<Pair, Long> room = new HashMap<>();
        day.bytes().forEach((pair, bytes) -> {
            if (bytes > properties.bytes()) {
                room.put(pair, properties.bytes() - (bytes - added.getOrDefault(pair, 0L)));
            }
        });
        if (room.isEmpty()) {
            return new Admission(entries, Map.of(), added, day.date());
        }
        Map<LedgerKey, Row> known = receipts.find(
                instance,
                entries.stream()
                        .filter(entry -> room.containsKey(Pair.of(entry)))
                        .map(LedgerEntry::key)
                        .toList());
        return judge(entries, known, room, added, day.date());
    }

    private static Admission judge(
            List<LedgerEntry> entries,
            Map<LedgerKey, Row> known,
            Map<Pair, Long> room,
            Map<Pair, Long> added,
            LocalDate date) {
        Outcome overCap =
                new OverPairCap(date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        List<LedgerEntry> admitted = new ArrayList<>();
        Map<LedgerKey, Outcome> decided = new HashMap<>();
        for (LedgerEntry entry : entries) {
            Pair pair = Pair.of(entry);
            Row before = known.get(entry.key());
            long left = room.getOrDefault(pair, Long.MAX_VALUE);
            if (before != null) {
                decided.put(entry.key(), new Redeemed(before, false));
            } else if (entry.bytes() > left) {
                decided.put(entry.key(), overCap);
            } else {
                admitted.add(entry);
                room.computeIfPresent(pair, (_, bytes) -> bytes - entry.bytes());
            }
        }
        return new Admission(admitted, decided, added, date);
    }

    /** Leaves on the day what was really new, credited or held. */
    void settle(Admission admission, Set<LedgerKey> inserted) {
        Map<Pair, Long> unused = new HashMap<>(admission.added());
        for (LedgerEntry entry : admission.entries()) {
            if (inserted.contains(entry.key())) {
                unused.merge(Pair.of(entry), -entry.bytes(), Math::addExact);
            }
        }
        unused.values().removeIf(bytes -> bytes == 0);
        if (!unused.isEmpty()) {
            days.takeBack(admission.date(), unused);
        }
    }
}
