package io.pbts.engine.receipt;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.report.StatedSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The words of the extension. A message carries only what the other side cannot know: which pieces, when, and the signature.
 * Byte by byte in {@code docs/protocol.md}.
 */
final class ReceiptMessages {

    /** Receipts with a signature each: {@code {receipts: [{piece_index, timestamp, signature}, ...]}}. */
    static final String BATCH = "pbts_receipt_batch";

    /** One signature for many pieces: {@code {pieces, timestamp, signature}}. */
    static final String MERKLE = "pbts_merkle_batch";

    /** The certificate of a session: {@code {id, key, from, to, signature}}. */
    static final String SESSION = "pbts_session";

    /** As {@link #BATCH}, signed by the session's key. */
    static final String IN_SESSION = "pbts_session_receipts";

    /** All of them, in the order of their numbers. */
    static final List<String> ALL = List.of(BATCH, MERKLE, SESSION, IN_SESSION);

    /** The most receipts of one message. */
    static final int MAX_BATCH = ReceiptPolicy.MAX_BATCH;

    private static final String SIGNATURE = "signature";
    private static final String TIMESTAMP = "timestamp";

    private ReceiptMessages() {}

    /** What a receiver must be able to say who attests like that. */
    static List<String> of(Attestation attestation) {
        return switch (attestation) {
            case EACH -> List.of(BATCH);
            case ADAPTIVE -> List.of(BATCH, MERKLE);
            case BATCH -> List.of(MERKLE);
            case SESSION -> List.of(SESSION, IN_SESSION);
        };
    }

    /** What a receipt message says of one piece. */
    record Said(int index, long timestamp, Bytes signature) {}

    /** What a message says of many pieces, in the order in which they were hashed. */
    record SaidTogether(List<Integer> pieces, long timestamp, Bytes signature) {}

    /** A session but for its torrent and its parties, which both sides know. */
    record SaidSession(Bytes32 id, Bytes key, long from, long to, Bytes signature) {}

    static Bytes receipts(List<Said> receipts) {
        List<BencodeValue> items = new ArrayList<>();
        for (Said one : receipts) {
            items.add(BDictionary.of(Map.of(
                    "piece_index",
                    new BInteger(one.index()),
                    TIMESTAMP,
                    new BInteger(one.timestamp()),
                    SIGNATURE,
                    new BString(one.signature()))));
        }
        return BencodeWriter.encode(BDictionary.of(Map.of("receipts", new BList(items))));
    }

    static Bytes together(SaidTogether batch) {
        Bytes pieces = Bytes.concatenate(
                batch.pieces().stream().map(Bytes::ofUnsignedInt).toArray(Bytes[]::new));
        return BencodeWriter.encode(BDictionary.of(Map.of(
                "pieces",
                new BString(pieces),
                TIMESTAMP,
                new BInteger(batch.timestamp()),
                SIGNATURE,
                new BString(batch.signature()))));
    }

    static Bytes session(StatedSession session) {
        return BencodeWriter.encode(BDictionary.of(Map.of(
                "id",
                new BString(session.sessionId()),
                "key",
                new BString(session.sessionKey()),
                "from",
                new BInteger(session.from()),
                "to",
                new BInteger(session.to()),
                SIGNATURE,
                new BString(session.signature()))));
    }

    private static Optional<BDictionary> dictionary(Bytes payload) {
        try {
            return BencodeDecoder.decode(payload, BencodeLimits.MESSAGE) instanceof BDictionary message
                    ? Optional.of(message)
                    : Optional.empty();
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    /** Empty when the bytes are no receipts, none at all, or too many. */
    static Optional<List<Said>> readReceipts(Bytes payload) {
        return dictionary(payload)
                .flatMap(message -> message.list("receipts"))
                .filter(items -> !items.isEmpty() && items.size() <= MAX_BATCH)
                .flatMap(ReceiptMessages::read);
    }

    private static Optional<List<Said>> read(List<BencodeValue> items) {
        List<Said> all = new ArrayList<>();
        for (BencodeValue item : items) {
            Optional<Said> said = item instanceof BDictionary one ? read(one) : Optional.empty();
            if (said.isEmpty()) {
                return Optional.empty();
            }
            all.add(said.get());
        }
        return Optional.of(all);
    }

    private static Optional<Said> read(BDictionary item) {
        Optional<Long> index = item.integer("piece_index").filter(n -> n >= 0 && n <= Integer.MAX_VALUE);
        Optional<Long> timestamp = seconds(item, TIMESTAMP);
        Optional<Bytes> signature = item.string(SIGNATURE);
        return index.isPresent() && timestamp.isPresent() && signature.isPresent()
                ? Optional.of(new Said(index.get().intValue(), timestamp.get(), signature.get()))
                : Optional.empty();
    }

    private static Optional<Long> seconds(BDictionary item, String name) {
        return item.integer(name).filter(n -> n >= 0);
    }

    /** Empty when the bytes are no batch, one of nothing or of too much, or name a piece twice. */
    static Optional<SaidTogether> readTogether(Bytes payload) {
        return dictionary(payload).flatMap(message -> {
            Optional<List<Integer>> pieces = message.string("pieces").flatMap(ReceiptMessages::pieces);
            Optional<Long> timestamp = seconds(message, TIMESTAMP);
            Optional<Bytes> signature = message.string(SIGNATURE);
            return pieces.isPresent() && timestamp.isPresent() && signature.isPresent()
                    ? Optional.of(new SaidTogether(pieces.get(), timestamp.get(), signature.get()))
                    : Optional.empty();
        });
    }

    private static Optional<List<Integer>> pieces(Bytes numbers) {
        if (numbers.isEmpty() || numbers.size() % Integer.BYTES != 0 || numbers.size() > MAX_BATCH * Integer.BYTES) {
            return Optional.empty();
        }
        List<Integer> pieces = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int at = 0; at < numbers.size(); at += Integer.BYTES) {
            int piece = numbers.getInt(at);
            if (piece < 0 || !seen.add(piece)) {
                return Optional.empty();
            }
            pieces.add(piece);
        }
        return Optional.of(pieces);
    }

    /** Empty when the bytes are no session. */
    static Optional<SaidSession> readSession(Bytes payload) {
        return dictionary(payload).flatMap(message -> {
            Optional<Bytes> id = message.string("id").filter(bytes -> bytes.size() == Bytes32.SIZE);
            Optional<Bytes> key = message.string("key");
            Optional<Long> from = seconds(message, "from");
            Optional<Long> to = seconds(message, "to");
            Optional<Bytes> signature = message.string(SIGNATURE);
            return id.isPresent() && key.isPresent() && from.isPresent() && to.isPresent() && signature.isPresent()
                    ? Optional.of(
                            new SaidSession(Bytes32.wrap(id.get()), key.get(), from.get(), to.get(), signature.get()))
                    : Optional.empty();
        });
    }
}
