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
final class ReceiptVectors {

    private ReceiptVectors() {}

    static Stream<JsonNode> v2(ReceiptKind kind) {
        return Vectors.cases("receipts-v2.json", "cases").stream()
                .filter(vector -> Vectors.text(vector, "kind").equals(kind.wireName()));
    }

    static ReceiptV2 v2(JsonNode vector) {
        return new ReceiptV2(
                ReceiptDomain.of(
                        Vectors.number(vector, "chain_id"),
                        new EthereumAddress(Vectors.bytes(vector, "contract")),
                        InstanceId.fromHex(Vectors.text(vector, "instance_id"))),
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

    private static AccountKey key(JsonNode party) {
        return AccountKey.of(
                AccountKey.Kind.ofWireName(Vectors.text(party, "kind")).orElseThrow(), Vectors.bytes(party, "bytes"));
    }
}
