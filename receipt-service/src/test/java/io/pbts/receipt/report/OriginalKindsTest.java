package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.WalletPeer;
import io.pbts.receipt.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The originals' further kinds at {@code /report}: the BEP 10 extension's, the AI-agent variant's, and the paper's aggregate. */
class OriginalKindsTest extends LocalTracker {
    private final long now = World.CLOCK.instant().getEpochSecond();

    private WalletPeer seller;
    private WalletPeer buyer;

    @BeforeEach
    void wallets() {
        seller = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        buyer = NEIGHBOURS.add(WORLD.wallet(World.GIB));
    }

    @Test
    void creditsAReceiptOfTheBep10ExtensionUnderItsOwnNames() {
        assertThat(report(sender, bep10(0, now / 3600)).codes()).containsExactly("credited");
        Map<String, Object> renamed = bep10(1, now / 3600);
        renamed.put("receiver_public_key", renamed.remove("receiver_pk"));
        assertThat(report(sender, renamed).codes()).containsExactly("credited");
        assertThat(WORLD.down(receiver)).isEqualTo(2 * PIECE);
    }

    @Test
    void judgesAnEpochByItsLastSecondWhenOldAndByItsFirstWhenEarly() {
        // 12:00:00: the epoch of 11 o'clock ended a second ago, that of 10 o'clock more than an hour ago
        assertThat(report(sender, bep10(2, now / 3600 - 1)).codes()).containsExactly("credited");
        assertThat(report(sender, bep10(3, now / 3600 - 2)).codes()).containsExactly("stale");
        assertThat(report(sender, bep10(4, now / 3600 + 1)).codes()).containsExactly("future");
        assertThat(report(sender, bep10(5, -1)).codes()).containsExactly("bad-encoding");
        assertThat(report(sender, bep10(6, Long.MAX_VALUE)).codes()).containsExactly("bad-encoding");
    }

    @Test
    void answersTheVariantsReportWithItsFields() {
        Reply reply = http.post("/report", variant(0, now));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(reply.json().path("code").asString()).isEqualTo("credited");
        assertThat(reply.json().path("sender").path("address").asString())
                .isEqualTo(seller.key().address().checksummed());
        assertThat(reply.json().path("sender").path("uploadBytes").asString())
                .isEqualTo(String.valueOf(World.GIB + PIECE));
        assertThat(reply.json().path("receiver").path("downloadBytes").asString())
                .isEqualTo(String.valueOf(PIECE));
        assertThat(reply.json().has("senderTxHash")).isTrue();
        assertThat(WORLD.up(seller)).isEqualTo(PIECE);
        Reply repeat = http.post("/report", variant(0, now));
        assertThat(repeat.status()).as("a repeat makes nobody sign again").isEqualTo(200);
        assertThat(repeat.json().path("code").asString()).isEqualTo("duplicate");
    }

    @Test
    void refusesTheVariantsReportsWithItsStatuses() {
        requireRefused(variant(1, now - 301), 400, "outside the allowed window");
        Map<String, Object> forged = variant(1, now);
        forged.put("pieceIndex", 2);
        requireRefused(forged, 401, "Signature is not from the receiver");
        Map<String, Object> stranger = variant(1, now);
        stranger.put("sender", "0x" + "ab".repeat(20));
        requireRefused(stranger, 404, "Sender is not registered");
        Map<String, Object> unknown = variant(1, now);
        unknown.put("receiver", "0x" + "cd".repeat(20));
        requireRefused(unknown, 404, "Receiver is not registered");
        Map<String, Object> self = variant(1, now);
        self.put("receiver", self.get("sender"));
        requireRefused(self, 400, "must be different");
        Map<String, Object> wrong = variant(1, now);
        wrong.put("pieceSize", PIECE + 1);
        requireRefused(wrong, 400, "the piece has");
        Map<String, Object> malformed = variant(1, now);
        malformed.put("signature", "0x12");
        requireRefused(malformed, 400, "signature must have 65 bytes");
        assertThat(http.post("/report", malformed).json().propertyNames()).containsExactly("error", "code");
        requireRefused(Map.of("sender", "x", "receiver", 3), 400, "infohash is missing");
    }

    @Test
    void creditsOurFormUnderTheVariantsNames() {
        Map<String, Object> receipt = Draft.variantOfVersion2(seller, buyer, TORRENT.v1(), 12);
        Reply reply = http.post("/report", receipt);
        assertThat(reply.json().path("code").asString()).as(reply.text()).isEqualTo("credited");
        assertThat(http.post("/report", receipt).json().path("code").asString()).isEqualTo("duplicate");
        receipt.put("pieceIndex", 13);
        requireRefused(receipt, 400, "not the hash of this piece");
        Map<String, Object> unheardOf = Draft.variantOfVersion2(seller, buyer, TORRENT.v1(), 14);
        unheardOf.put("version", 3);
        requireRefused(unheardOf, 400, "version must be 2");
    }

    @Test
    void mixesEveryKindInOneReport() {
        Map<String, Object> wallet = Draft.of(sender, buyer, TORRENT.v1(), 7);
        Reply reply =
                report(sender, draft(8).v2(), draft(9).original(), bep10(10, now / 3600), variant(11, now), wallet);
        assertThat(reply.codes()).hasSize(5).containsOnly("credited");
        assertThat(WORLD.down(buyer)).isEqualTo(2 * PIECE);
        assertThat(reply.json().path("acknowledgement").path("count").asInt()).isEqualTo(5);
    }

    @Test
    void takesOneAggregateSignatureForReceiptsWithoutOne() {
        List<Map<String, Object>> unsigned = IntStream.of(20, 21, 22)
                .mapToObj(piece -> without(
                        piece == 22 ? draft(piece).original() : draft(piece).v2()))
                .toList();
        Bytes aggregate = Bls.aggregate(IntStream.of(20, 21, 22)
                        .mapToObj(piece -> (String) (piece == 22
                                        ? draft(piece).original()
                                        : draft(piece).v2())
                                .get("signature"))
                        .map(text -> BlsSignature.of(
                                Bytes.wrap(java.util.Base64.getDecoder().decode(text))))
                        .toList())
                .bytes();
        Map<String, Object> body = new HashMap<>();
        body.put("user_id", sender.name());
        body.put("receipts", unsigned);
        assertThat(http.post("/report", body).codes()).as("nothing to check").containsOnly("bad-encoding");
        body.put("aggregate_signature", Draft.base64(aggregate));
        assertThat(http.post("/report", body).codes()).hasSize(3).containsOnly("credited");
    }

    private static Map<String, Object> without(Map<String, Object> receipt) {
        receipt.remove("signature");
        return receipt;
    }

    private void requireRefused(Map<String, Object> body, int status, String sentence) {
        Reply reply = http.post("/report", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.error()).contains(sentence);
    }

    private Map<String, Object> bep10(int piece, long epoch) {
        return draft(piece)
                .pieceHash(new PieceHash(Bytes32.repeat((byte) 0x22)))
                .bep10(epoch);
    }

    private Map<String, Object> variant(int piece, long timestamp) {
        return Draft.variant(seller, buyer, TORRENT.v1(), piece, timestamp);
    }
}
