package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.torrent.InfoHash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/** Writes one {@link BinaryReport}. */
final class ReportWriter {
    private final StatedReport report;
    private final Map<InfoHash, Integer> torrents = new LinkedHashMap<>();
    private final Map<AccountKey, Integer> keys = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    ReportWriter(StatedReport report) {
        this.report = report;
    }

    /** Receipts that follow each other and may share a head. */
    private record Group(StatedReceipt first, List<StatedReceipt> receipts) {
        boolean takes(StatedReceipt next) {
            return first.infoHash().equals(next.infoHash())
                    && first.sender().equals(next.sender())
                    && first.receiver().equals(next.receiver())
                    && share(first.proof(), next.proof());
        }

        private static boolean share(Proof one, Proof other) {
            return switch (one) {
                case Proof.InBatch batch -> batch.equals(other);
                case Proof.InSession(int session, Bytes _) ->
                    other instanceof Proof.InSession(int same, Bytes _) && same == session;
                case Proof.Single _, Proof.Typed _, Proof.InAggregate _ -> one.form() == other.form();
            };
        }
    }

    Bytes write() {
        List<Group> groups = groups();
        requireWholeBatches(groups);
        try {
            write(groups);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private void write(List<Group> groups) throws IOException {
        report.sessions().forEach(session -> number(session.infoHash(), session.sender(), session.receiver()));
        report.receipts().forEach(receipt -> number(receipt.infoHash(), receipt.sender(), receipt.receiver()));
        out.writeBytes(BinaryReport.MAGIC);
        out.writeByte(BinaryReport.VERSION);
        count(torrents.size());
        for (InfoHash infoHash : torrents.keySet()) {
            out.writeByte(infoHash.kind().number());
            put(infoHash.bytes());
        }
        count(keys.size());
        for (AccountKey key : keys.keySet()) {
            out.writeByte(key.kind().number());
            put(key.bytes());
        }
        count(report.sessions().size());
        for (StatedSession session : report.sessions()) {
            write(session);
        }
        count(groups.size());
        for (Group group : groups) {
            write(group);
        }
        if (report.aggregate().isPresent()) {
            put(report.aggregate().get());
        }
    }

    private void write(StatedSession session) throws IOException {
        parties(session.infoHash(), session.sender(), session.receiver());
        put(session.sessionId());
        put(session.sessionKey());
        out.writeLong(session.from());
        out.writeLong(session.to());
        put(session.signature());
    }

    private void write(Group group) throws IOException {
        StatedReceipt first = group.first();
        SignatureForm form = first.proof().form();
        out.writeByte(form.number());
        if (first.proof() instanceof Proof.InSession(int session, Bytes _)) {
            out.writeShort(session);
        } else {
            parties(first.infoHash(), first.sender(), first.receiver());
        }
        count(group.receipts().size());
        if (first.proof() instanceof Proof.InBatch(int batch)) {
            put(report.batches().get(batch));
        }
        for (StatedReceipt receipt : group.receipts()) {
            write(receipt);
        }
    }

    private void write(StatedReceipt receipt) throws IOException {
        out.writeInt((int) receipt.index().value());
        out.writeInt((int) receipt.length().bytes());
        put(receipt.pieceHash().bytes());
        out.writeLong(receipt.timestamp());
        switch (receipt.proof()) {
            case Proof.Single(Bytes signature) -> put(signature);
            case Proof.Typed(Bytes signature) -> put(signature);
            case Proof.InSession(int _, Bytes signature) -> put(signature);
            case Proof.InAggregate _, Proof.InBatch _ -> {}
        }
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (StatedReceipt receipt : report.receipts()) {
            if (groups.isEmpty() || !groups.getLast().takes(receipt)) {
                groups.add(new Group(receipt, new ArrayList<>()));
            }
            groups.getLast().receipts().add(receipt);
        }
        return groups;
    }

    /** A batch is one group, and a reader numbers batches by their groups. */
    private static void requireWholeBatches(List<Group> groups) {
        int next = 0;
        for (Group group : groups) {
            if (group.first().proof() instanceof Proof.InBatch(int batch) && batch != next++) {
                throw new IllegalArgumentException(
                        "the receipts of a batch must follow each other, in the batches' order");
            }
        }
    }

    private void number(InfoHash infoHash, AccountKey sender, AccountKey receiver) {
        torrents.putIfAbsent(infoHash, torrents.size());
        keys.putIfAbsent(sender, keys.size());
        keys.putIfAbsent(receiver, keys.size());
    }

    private void parties(InfoHash infoHash, AccountKey sender, AccountKey receiver) throws IOException {
        out.writeShort(place(torrents, infoHash));
        out.writeShort(place(keys, sender));
        out.writeShort(place(keys, receiver));
    }

    private static <T> int place(Map<T, Integer> table, T entry) {
        Integer place = table.get(entry);
        if (place == null) {
            throw new IllegalStateException("not in the table: " + entry);
        }
        return place;
    }

    private void count(int count) throws IOException {
        if (count > BinaryReport.MAX_COUNT) {
            throw new IllegalArgumentException("a report counts to 65,535, not to " + count);
        }
        out.writeShort(count);
    }

    private void put(Bytes value) throws IOException {
        out.write(value.toArrayUnsafe());
    }
}
