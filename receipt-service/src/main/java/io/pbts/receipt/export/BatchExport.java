package io.pbts.receipt.export;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.epoch.EpochCertificate;
import io.pbts.protocol.epoch.EpochMember;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.receipt.export.BatchRows.Member;
import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.support.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/**
 * Puts together what an epoch file has of a batch behind its batch record: certificates, members of aggregates, rows. A row
 * whose signature nobody could verify with what is left is exported by its hashes alone: its signed bytes cannot be made
 * again, or it is in an aggregate with such a one, or its session's certificate is gone.
 */
@Component
class BatchExport {
    private final BatchRows batches;
    private final TrackerIdentity tracker;

    BatchExport(BatchRows batches, TrackerIdentity tracker) {
        this.batches = batches;
        this.tracker = tracker;
    }

    /** The records of a batch, in the order of the file. */
    List<EpochRecord> records(long batch) {
        int size = batches.size(batch)
                .orElseThrow(() -> new Refusal(404, "unknown-batch", "No credited batch has this number"));
        List<StoredReceipt> rows = batches.rows(batch);
        if (rows.size() != size) {
            throw new Refusal(410, "batch-archived", "Receipts of this batch lie in a month that was archived");
        }
        ReceiptDomain domain = tracker.deployment().domain();
        SortedMap<Bytes32, List<Member>> aggregates = aggregates(batch, rows, domain);
        List<EpochCertificate> certificates = certificates(rows);
        Set<Bytes32> sessions =
                certificates.stream().map(EpochCertificate::fingerprint).collect(Collectors.toSet());
        List<EpochRecord> records = new ArrayList<>(certificates);
        aggregates.forEach((aggregate, members) -> members.forEach(
                member -> records.add(new EpochMember(aggregate, member.receiver(), member.signedBytes()))));
        for (StoredReceipt row : rows) {
            Optional<Bytes> signed = row.signedBytes(domain)
                    .filter(_ -> switch (row.evidence().form()) {
                        case SINGLE, TYPED, BATCH -> true;
                        case AGGREGATE -> aggregates.containsKey(aggregate(row));
                        case SESSION -> sessions.contains(session(row));
                    });
            records.add(record(row, signed));
        }
        return records;
    }

    private static EpochRow record(StoredReceipt row, Optional<Bytes> signed) {
        EpochRow.Proof proof = signed.<EpochRow.Proof>map(
                        bytes -> new EpochRow.Signed(bytes, receiver(row), row.evidence()))
                .orElseGet(() -> new EpochRow.Hashes(
                        row.signedDigest(), Sha256.hash(row.evidence().bytes())));
        return new EpochRow(
                row.sequence(),
                row.torrent(),
                row.senderAccount(),
                row.receiverAccount(),
                row.index(),
                row.bytes(),
                row.kind(),
                proof);
    }

    private static Optional<AccountKey.Bls> receiver(StoredReceipt row) {
        return EpochRow.leavesReceiverOut(row.kind())
                ? Optional.of(new AccountKey.Bls(row.receiver()))
                : Optional.empty();
    }

    /** By hash, what else each aggregate was made with; an aggregate is not there when that is not known completely. */
    private SortedMap<Bytes32, List<Member>> aggregates(long batch, List<StoredReceipt> rows, ReceiptDomain domain) {
        Map<Bytes32, List<StoredReceipt>> byAggregate = rows.stream()
                .filter(row -> row.evidence().form() == SignatureForm.AGGREGATE)
                .collect(Collectors.groupingBy(BatchExport::aggregate));
        SortedMap<Bytes32, List<Member>> aggregates = new TreeMap<>();
        byAggregate.forEach((aggregate, inBatch) ->
                others(batch, aggregate, inBatch, domain).ifPresent(members -> aggregates.put(aggregate, members)));
        return aggregates;
    }

    /** Members first, as they stood in the report; a second report of the same aggregate made members of its earlier rows. */
    private Optional<List<Member>> others(
            long batch, Bytes32 aggregate, List<StoredReceipt> inBatch, ReceiptDomain domain) {
        Optional<List<Member>> own = members(inBatch, domain);
        Optional<List<Member>> elsewhere = members(batches.elsewhere(batch, inBatch.getFirst()), domain);
        if (own.isEmpty() || elsewhere.isEmpty()) {
            return Optional.empty();
        }
        Set<Member> others = new LinkedHashSet<>(batches.members(aggregate));
        others.addAll(elsewhere.get());
        others.removeAll(new HashSet<>(own.get()));
        return Optional.of(List.copyOf(others));
    }

    private static Optional<List<Member>> members(Collection<StoredReceipt> receipts, ReceiptDomain domain) {
        List<Member> members = receipts.stream()
                .flatMap(receipt -> receipt.signedBytes(domain).stream()
                        .map(signed -> new Member(new AccountKey.Bls(receipt.receiver()), signed)))
                .toList();
        return members.size() == receipts.size() ? Optional.of(members) : Optional.empty();
    }

    private List<EpochCertificate> certificates(List<StoredReceipt> rows) {
        Set<Bytes32> named = rows.stream()
                .filter(row -> row.evidence().form() == SignatureForm.SESSION)
                .map(BatchExport::session)
                .collect(Collectors.toCollection(TreeSet::new));
        return named.isEmpty() ? List.of() : batches.certificates(named);
    }

    private static Bytes32 aggregate(StoredReceipt row) {
        return Sha256.hash(row.evidence().bytes());
    }

    private static Bytes32 session(StoredReceipt row) {
        return Bytes32.wrap(row.evidence().bytes().slice(Secp256k1.COMPACT_SIZE, Bytes32.SIZE));
    }
}
