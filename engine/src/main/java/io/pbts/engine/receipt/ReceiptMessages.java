package io.pbts.engine.receipt;

import io.pbts.engine.Peer;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * The words of the extension. The handshake's entry {@code pbts} says who one is and where receipts are to count; a receipt
 * message carries only what the other side cannot know: which piece, when, and the signature.
 */
final class ReceiptMessages {

    /** A batch of receipts: {@code {receipts: [{piece_index, timestamp, signature}, ...]}}. */
    static final String BATCH = "pbts_receipt_batch";

    /** The most receipts of one message. */
    static final int MAX_BATCH = 64;

    static final String ENTRY = "pbts";

    private static final long VERSION = 2;
    private static final String KEY = "key";
    private static final String DOMAIN = "domain";

    private ReceiptMessages() {}

    /** What a receipt message says of one piece. */
    record Said(long index, long timestamp, Bytes signature) {}

    /** A peer that exchanges receipts for the same place. */
    static BencodeValue entry(AccountKey key, ReceiptDomain domain) {
        return BDictionary.of(Map.of(
                "version", new BInteger(VERSION), KEY, new BString(key.bytes()), DOMAIN, new BString(domain.bytes())));
    }

    /** The peer's account, when it takes receipts that count where ours do. */
    static Optional<AccountKey> account(Peer peer, ReceiptDomain domain) {
        return peer.extensionHandshake()
                .filter(_ -> peer.speaks(BATCH))
                .flatMap(said -> said.dictionary(ENTRY))
                .filter(entry -> entry.integer("version").equals(Optional.of(VERSION)))
                .filter(entry ->
                        entry.string(DOMAIN).filter(domain.bytes()::equals).isPresent())
                .flatMap(entry -> entry.string(KEY))
                .flatMap(ReceiptMessages::key);
    }

    private static Optional<AccountKey> key(Bytes bytes) {
        for (AccountKey.Kind kind : AccountKey.Kind.values()) {
            if (kind.size() == bytes.size()) {
                return Optional.of(AccountKey.of(kind, bytes));
            }
        }
        return Optional.empty();
    }

    static Bytes batch(List<SignedReceipt> receipts) {
        List<BencodeValue> items = new ArrayList<>();
        for (SignedReceipt signed : receipts) {
            items.add(BDictionary.of(Map.of(
                    "piece_index", new BInteger(signed.receipt().index().value()),
                    "timestamp", new BInteger(signed.receipt().timestamp()),
                    "signature", new BString(signed.signature()))));
        }
        return BencodeWriter.encode(BDictionary.of(Map.of("receipts", new BList(items))));
    }

    /** Empty when the bytes are no batch, or one that is too large. */
    static Optional<List<Said>> read(Bytes payload) {
        try {
            return BencodeDecoder.decode(payload, BencodeLimits.MESSAGE) instanceof BDictionary message
                    ? message.list("receipts").flatMap(ReceiptMessages::read)
                    : Optional.empty();
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Said>> read(List<BencodeValue> items) {
        List<Said> all = new ArrayList<>();
        for (BencodeValue item : items) {
            Optional<Said> said = item instanceof BDictionary one ? read(one) : Optional.empty();
            if (said.isEmpty() || all.size() == MAX_BATCH) {
                return Optional.empty();
            }
            all.add(said.get());
        }
        return Optional.of(all);
    }

    private static Optional<Said> read(BDictionary item) {
        Optional<Long> index = item.integer("piece_index").filter(n -> n >= 0 && n <= Integer.MAX_VALUE);
        Optional<Long> timestamp = item.integer("timestamp").filter(n -> n >= 0);
        Optional<Bytes> signature = item.string("signature");
        return index.isPresent() && timestamp.isPresent() && signature.isPresent()
                ? Optional.of(new Said(index.get(), timestamp.get(), signature.get()))
                : Optional.empty();
    }
}
