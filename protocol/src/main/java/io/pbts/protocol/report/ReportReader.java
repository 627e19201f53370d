package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.layout.FieldReader;
import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Reads one {@link BinaryReport}. */
final class ReportReader {

    private final FieldReader fields;
    private final int maxReceipts;
    private final List<StatedReceipt> receipts = new ArrayList<>();
    private final List<Bytes> batches = new ArrayList<>();
    private List<InfoHash> torrents = List.of();
    private List<AccountKey> keys = List.of();
    private List<StatedSession> sessions = List.of();
    private boolean aggregated;

    ReportReader(Bytes bytes, int maxReceipts) {
        this.fields = new FieldReader(bytes);
        this.maxReceipts = maxReceipts;
    }

    /** Whose receipts a group holds. */
    private record Parties(InfoHash infoHash, AccountKey sender, AccountKey receiver) {}

    StatedReport read() {
        fields.ascii(BinaryReport.MAGIC);
        if (fields.u8() != BinaryReport.VERSION) {
            throw new LayoutException("only version 1 is known");
        }
        torrents = table(this::infoHash);
        keys = table(this::key);
        sessions = table(this::session);
        for (int groups = fields.u16(); groups > 0; groups--) {
            readGroup();
        }
        Optional<Bytes> aggregate = aggregated ? Optional.of(fields.bytes(BlsSignature.SIZE)) : Optional.empty();
        fields.end();
        return new StatedReport(receipts, batches, sessions, aggregate);
    }

    private void readGroup() {
        SignatureForm form = SignatureForm.ofNumber(fields.u8())
                .orElseThrow(() -> new LayoutException("a form of signature that is not known"));
        int session = form == SignatureForm.SESSION ? fields.u16() : -1;
        Parties parties = form == SignatureForm.SESSION ? parties(pick(session, sessions)) : parties();
        int count = fields.u16();
        if (count == 0) {
            throw new LayoutException("a group without receipts");
        }
        if (count > maxReceipts - receipts.size()) {
            throw new TooManyReceipts(maxReceipts);
        }
        aggregated |= form == SignatureForm.AGGREGATE;
        if (form == SignatureForm.BATCH) {
            batches.add(fields.bytes(signatureSize(parties.receiver())));
        }
        for (int i = 0; i < count; i++) {
            receipts.add(receipt(parties, form, session));
        }
    }

    private StatedReceipt receipt(Parties parties, SignatureForm form, int session) {
        var index = new PieceIndex(fields.u32());
        var length = new PieceLength(fields.u32());
        var pieceHash = new PieceHash(fields.bytes(parties.infoHash().kind().size()));
        long timestamp = fields.u63();
        Proof proof =
                switch (form) {
                    case SINGLE -> new Proof.Single(fields.bytes(signatureSize(parties.receiver())));
                    case TYPED -> new Proof.Typed(fields.bytes(Secp256k1.SIGNATURE_SIZE));
                    case AGGREGATE -> new Proof.InAggregate();
                    case BATCH -> new Proof.InBatch(batches.size() - 1);
                    case SESSION -> new Proof.InSession(session, fields.bytes(Secp256k1.COMPACT_SIZE));
                };
        return new StatedReceipt(
                parties.infoHash(), parties.sender(), parties.receiver(), index, length, pieceHash, timestamp, proof);
    }

    private <T> List<T> table(Supplier<T> entry) {
        int count = fields.u16();
        List<T> table = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            table.add(entry.get());
        }
        return table;
    }

    private InfoHash infoHash() {
        int number = fields.u8();
        for (HashKind kind : HashKind.values()) {
            if (kind.number() == number) {
                return new InfoHash(fields.bytes(kind.size()));
            }
        }
        throw new LayoutException("a kind of info hash that is not known: " + number);
    }

    private AccountKey key() {
        int number = fields.u8();
        for (AccountKey.Kind kind : AccountKey.Kind.values()) {
            if (kind.number() == number) {
                return AccountKey.of(kind, fields.bytes(kind.size()));
            }
        }
        throw new LayoutException("a kind of key that is not known: " + number);
    }

    private StatedSession session() {
        Parties parties = parties();
        if (!(parties.receiver() instanceof AccountKey.Bls receiver)) {
            throw new LayoutException("only BLS keys certify sessions");
        }
        return new StatedSession(
                parties.infoHash(),
                parties.sender(),
                receiver,
                Bytes32.wrap(fields.bytes(Bytes32.SIZE)),
                fields.bytes(SessionCertificate.SESSION_KEY_SIZE),
                fields.u63(),
                fields.u63(),
                fields.bytes(BlsSignature.SIZE));
    }

    private Parties parties() {
        return new Parties(pick(fields.u16(), torrents), pick(fields.u16(), keys), pick(fields.u16(), keys));
    }

    private static Parties parties(StatedSession session) {
        return new Parties(session.infoHash(), session.sender(), session.receiver());
    }

    private static <T> T pick(int place, List<T> table) {
        if (place >= table.size()) {
            throw new LayoutException("place %d of a table with %d entries".formatted(place, table.size()));
        }
        return table.get(place);
    }

    private static int signatureSize(AccountKey key) {
        return switch (key.kind()) {
            case BLS -> BlsSignature.SIZE;
            case ADDRESS -> Secp256k1.SIGNATURE_SIZE;
        };
    }
}
