package io.pbts.protocol.receipt;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Receipts as the vector files have them. */
public final class ReceiptVectors {

    private ReceiptVectors() {}

    static Stream<JsonNode> v2(ReceiptKind kind) {
        return Vectors.cases("receipts-v2.json", "cases").stream()
                .filter(vector -> Vectors.text(vector, "kind").equals(kind.wireName()));
    }

    static ReceiptV2 v2(JsonNode vector) {
        return v2(vector, deployment(vector).domain());
    }

    public static Deployment deployment(JsonNode vector) {
        return new Deployment(
                Vectors.number(vector, "chain_id"),
                new EthereumAddress(Vectors.bytes(vector, "contract")),
                InstanceId.fromHex(Vectors.text(vector, "instance_id")));
    }

    /** A receipt of which the vector names the domain and not what the domain is made of. */
    public static ReceiptV2 ofDomain(JsonNode vector) {
        return v2(vector, ReceiptDomain.fromHex(Vectors.text(vector, "domain")));
    }

    private static ReceiptV2 v2(JsonNode vector, ReceiptDomain domain) {
        return new ReceiptV2(
                domain,
                new InfoHash(Vectors.bytes(vector, "info_hash")),
                key(vector.required("sender")),
                key(vector.required("receiver")),
                new PieceIndex(Vectors.number(vector, "index")),
                new PieceLength(Vectors.number(vector, "length")),
                new PieceHash(Vectors.bytes(vector, "piece_hash")),
                Vectors.number(vector, "timestamp"));
    }

    static LegacyHttpReceipt httpV1(JsonNode vector) {
        return new LegacyHttpReceipt(
                new InfoHash(Vectors.bytes(vector, "info_hash")),
                new AccountKey.Bls(Vectors.bytes(vector, "sender")),
                new AccountKey.Bls(Vectors.bytes(vector, "receiver")),
                new PieceIndex(Vectors.number(vector, "index")),
                new PieceHash(Vectors.bytes(vector, "piece_hash")),
                Vectors.number(vector, "timestamp"));
    }

    static Bep10Receipt bep10V1(JsonNode vector) {
        return new Bep10Receipt(
                new InfoHash(Vectors.bytes(vector, "info_hash")),
                new AccountKey.Bls(Vectors.bytes(vector, "sender")),
                new AccountKey.Bls(Vectors.bytes(vector, "receiver")),
                new PieceIndex(Vectors.number(vector, "index")),
                new PieceHash(Vectors.bytes(vector, "piece_hash")),
                Vectors.number(vector, "epoch"));
    }

    static Eip191Receipt eip191V1(JsonNode vector) {
        return new Eip191Receipt(
                new InfoHash(Vectors.bytes(vector, "info_hash")),
                new AccountKey.Wallet(EthereumAddress.parse(Vectors.text(vector, "sender"))),
                new AccountKey.Wallet(EthereumAddress.parse(Vectors.text(vector, "receiver"))),
                new PieceIndex(Vectors.number(vector, "index")),
                new PieceLength(Vectors.number(vector, "size")),
                new PieceHash(Vectors.bytes(vector, "piece_hash")),
                Vectors.number(vector, "timestamp"));
    }

    public static AccountKey key(JsonNode party) {
        return AccountKey.of(
                AccountKey.Kind.ofWireName(Vectors.text(party, "kind")).orElseThrow(), Vectors.bytes(party, "bytes"));
    }
}
