package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a report in production earns. */
class ReportCreditTest extends ProductionTracker {
    @Test
    void creditsExactlyTheTorrentsBytesToTheTwoNamedAccounts() {
        Reply reply = report(sender, draft(0).v2(), draft(399).v2());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.codes()).containsExactly("credited", "credited");
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(reply.json().path("verified_receipts").asInt()).isEqualTo(2);
        assertThat(reply.json().path("total_uploaded").asLong()).isEqualTo(PIECE + LAST_PIECE);
        assertThat(reply.json().path("total_downloaded").asLong()).isZero();
        assertThat(reply.json().get("ratio").isNull())
                .as("nothing downloaded: no bound")
                .isTrue();
        assertThat(WORLD.down(receiver)).isEqualTo(PIECE + LAST_PIECE);
    }

    @Test
    void answersARepeatWithDuplicateAndItsStateAndChangesNothing() {
        Map<String, Object> receipt = draft(1).v2();
        report(sender, receipt);
        List<Long> before = WORLD.books();
        Reply repeat = report(sender, receipt);
        assertThat(repeat.status()).isEqualTo(200);
        assertThat(repeat.codes()).containsExactly("duplicate");
        assertThat(result(repeat, 0, "state")).isEqualTo("credited");
        assertThat(repeat.json().path("verified_receipts").asInt()).isZero();
        assertThat(WORLD.books()).isEqualTo(before);
    }

    @Test
    void takesTheSamePieceSignedAnewForADuplicate() {
        report(sender, draft(2).v2());
        assertThat(report(sender, draft(2).signedIn(-60).v2()).codes()).containsExactly("duplicate");
    }

    @Test
    void namesOneChangedBitAnywhereAndCountsTheOthers() {
        Random random = new Random(7);
        List<String> fields = List.of(
                "receiver_public_key",
                "sender_pk",
                "piece_hash",
                "infohash",
                "signature",
                "piece_index",
                "piece_size",
                "timestamp");
        int piece = 10;
        for (String field : fields) {
            Map<String, Object> broken = draft(piece).v2();
            flipOneBit(broken, field, random);
            Reply reply = report(
                    sender, draft(piece + 1).v2(), broken, draft(piece + 2).v2());
            assertThat(reply.codes().get(0)).as(field).isEqualTo("credited");
            assertThat(reply.codes().get(1)).as(field).isNotEqualTo("credited");
            assertThat(reply.codes().get(2)).as(field).isEqualTo("credited");
            assertThat(reply.json().path("verified_receipts").asInt()).as(field).isEqualTo(2);
            piece += 3;
        }
        assertThat(WORLD.up(sender)).isEqualTo(2L * fields.size() * PIECE);
    }

    @Test
    void letsAnyAccountDeliverAReceiptAndCreditsTheKeysInIt() {
        Peer courier = NEIGHBOURS.add(WORLD.peer(World.GIB));
        Reply reply = report(courier, draft(3).v2());
        assertThat(reply.codes()).containsExactly("credited");
        assertThat(reply.json().path("total_uploaded").asLong())
                .as("the courier's")
                .isZero();
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
    }

    @Test
    void holdsWhatGoesOverTheReceiversOverdraftAndSaysSoInRepeats() {
        Peer newcomer = NEIGHBOURS.add(WORLD.peer(0));
        TestTorrent torrent = NEIGHBOURS.add(TestTorrent.v1("large", 5, 64L << 20, 5 * (64L << 20)));
        List<Map<String, Object>> receipts = IntStream.range(0, 4)
                .mapToObj(
                        piece -> Draft.of(sender, newcomer, torrent.v1(), piece).v2())
                .toList();
        Reply reply = report(sender, receipts.toArray());
        assertThat(reply.codes()).containsExactly("credited", "credited", "held", "held");
        assertThat(reply.json().path("verified_receipts").asInt()).isEqualTo(2);
        Reply repeat = report(sender, receipts.get(0), receipts.get(3));
        assertThat(repeat.codes()).containsExactly("duplicate", "duplicate");
        assertThat(List.of(result(repeat, 0, "state"), result(repeat, 1, "state")))
                .containsExactly("credited", "held");

        TestTorrent back = NEIGHBOURS.add(TestTorrent.v1("back", 2, 64L << 20, 2 * (64L << 20)));
        Reply earned = report(newcomer, Draft.of(newcomer, sender, back.v1(), 0).v2());
        assertThat(earned.codes()).containsExactly("credited");
        eventually(() -> WORLD.held(newcomer) == 0);
        assertThat(report(sender, receipts.get(3))
                        .json()
                        .path("results")
                        .get(0)
                        .path("state")
                        .asString())
                .isEqualTo("credited");
        assertThat(WORLD.books()).containsOnly(WORLD.books().getFirst());
    }

    @Test
    void releasesWithinSecondsAfterAGrant() {
        Peer newcomer = NEIGHBOURS.add(WORLD.peer(0));
        TestTorrent torrent = NEIGHBOURS.add(TestTorrent.v1("granted", 3, 64L << 20, 3 * (64L << 20)));
        Object[] receipts = IntStream.range(0, 3)
                .mapToObj(
                        piece -> Draft.of(sender, newcomer, torrent.v1(), piece).v2())
                .toArray();
        assertThat(report(sender, receipts).codes()).containsExactly("credited", "credited", "held");
        WORLD.grant(newcomer, World.GIB);
        eventually(() -> WORLD.held(newcomer) == 0);
    }

    @Test
    void findsARepeatWithinOneReport() {
        Map<String, Object> receipt = draft(50).v2();
        Reply reply = report(sender, receipt, receipt, draft(50).signedIn(-5).v2());
        assertThat(reply.codes()).containsExactly("credited", "duplicate", "duplicate");
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
    }

    @Test
    void letsAForgeryInFrontOfAReceiptNotTakeItsPlace() {
        Map<String, Object> forged = draft(51).v2();
        forged.put("signature", draft(52).v2().get("signature"));
        assertThat(report(sender, forged, draft(51).v2()).codes()).containsExactly("bad-signature", "credited");
    }

    @Test
    void paysAHybridTorrentOnceUnderItsTwoHashes() {
        assertThat(report(sender, Draft.of(sender, receiver, HYBRID.v1(), 0).v2())
                        .codes())
                .containsExactly("credited");
        assertThat(report(sender, Draft.of(sender, receiver, HYBRID.v2(), 0).v2())
                        .codes())
                .containsExactly("duplicate");
        assertThat(report(sender, Draft.of(sender, receiver, HYBRID.v2(), 1).v2())
                        .codes())
                .containsExactly("credited");
        Map<String, Object> mixed = Draft.of(sender, receiver, HYBRID.v2(), 2).v2();
        mixed.put("piece_hash", HYBRID.v1().pieces().hashes().slice(40, 20).toUnprefixedHexString());
        assertThat(reportBesideAGoodOne(mixed)).isEqualTo("bad-piece-hash");
    }

    @Test
    void tellsARatioThatIsRoundedDown() {
        report(sender, draft(80).v2(), draft(81).v2(), draft(82).v2());
        Reply reply = report(receiver, draft(80).turned().v2());
        double exact = (World.GIB + PIECE) / (double) (3 * PIECE);
        assertThat(reply.json().path("ratio").asDouble())
                .isLessThanOrEqualTo(exact)
                .isGreaterThan(exact - 0.000_002);
    }

    private static void flipOneBit(Map<String, Object> receipt, String field, Random random) {
        Object value = receipt.get(field);
        receipt.put(
                field,
                switch (value) {
                    case Number number -> number.longValue() ^ 1;
                    case String text
                    when field.equals("piece_hash") || field.equals("infohash") -> {
                        byte[] bytes = java.util.HexFormat.of().parseHex(text);
                        yield java.util.HexFormat.of().formatHex(flip(bytes, random));
                    }
                    case String text ->
                        java.util.Base64.getEncoder()
                                .encodeToString(
                                        flip(java.util.Base64.getDecoder().decode(text), random));
                    default -> throw new IllegalStateException(field);
                });
    }

    private static byte[] flip(byte[] bytes, Random random) {
        int bit = random.nextInt(bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return bytes;
    }
}
