package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Neighbours.Owner;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.util.HashMap;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Reports as the originals' documents describe them. */
class LocalReportTest extends LocalTracker {

    @Test
    void takesUserIdForTheCallerWhenThereIsNoPasskey() {
        Reply reply =
                http.post("/report", Map.of("user_id", sender.name(), "receipts", new Object[] {draft(0).original()}));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.codes()).containsExactly("credited");
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
        assertThat(WORLD.down(receiver)).isEqualTo(PIECE);
    }

    @Test
    void doesNotKnowAnUnregisteredUser() {
        for (String name : new String[] {"nobody-of-that-name", "no such\nname", "x".repeat(200)}) {
            Reply reply = http.post("/report", Map.of("user_id", name));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error()).isEqualTo("User not registered");
        }
    }

    @Test
    void believesAPasskeyMoreThanAUserId() {
        assertThat(report(sender, draft(1).original()).codes()).containsExactly("credited");
        assertThat(http.post(
                                "/report",
                                Map.of("user_id", receiver.name()),
                                "X-PBTS-Passkey",
                                sender.passkey().value())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void takesBothFormsInOneReport() {
        assertThat(report(sender, draft(2).original(), draft(3).v2()).codes()).containsExactly("credited", "credited");
    }

    @Test
    void paysTheTorrentsLengthForAnOriginalReceiptThatNamesNone() {
        Map<String, Object> silent = draft(399).original();
        silent.remove("piece_size");
        assertThat(report(sender, silent).codes()).containsExactly("credited");
        assertThat(WORLD.up(sender)).isEqualTo(LAST_PIECE);
    }

    @Test
    void keepsAnOriginalsThirtyTwoByteHashWithoutComparingIt() {
        Draft sha256 = draft(4).pieceHash(new io.pbts.protocol.torrent.PieceHash(Bytes.repeat((byte) 4, 32)));
        assertThat(report(sender, sha256.original()).codes()).containsExactly("credited");
        Draft sha1 = draft(5).pieceHash(new io.pbts.protocol.torrent.PieceHash(Bytes.repeat((byte) 4, 20)));
        assertThat(report(sender, sha1.original()).codes()).containsExactly("bad-piece-hash");
    }

    @Test
    void countsAnOriginalReceiptForAnHour() {
        assertThat(report(sender, draft(6).signedIn(-3500).original()).codes()).containsExactly("credited");
        assertThat(report(sender, draft(7).signedIn(-3700).original()).codes()).containsExactly("stale");
        assertThat(report(sender, draft(7).signedIn(180).original()).codes()).containsExactly("future");
        assertThat(report(sender, draft(7).signedIn(-3700).v2()).codes()).containsExactly("credited");
    }

    @Test
    void countsAReceiptUnderAnUnprovenKeyOnItsOwnSignature() {
        Peer unproven = NEIGHBOURS.add(WORLD.unprovenPeer(World.GIB));
        Draft draft = Draft.of(sender, unproven, TORRENT.v1(), 8);
        Map<String, Object> forged =
                new HashMap<>(draft.index(9).pieceHash(draft(9).pieceHash()).v2());
        forged.put("signature", draft(9).v2().get("signature"));
        assertThat(report(sender, draft.v2(), forged).codes()).containsExactly("credited", "bad-signature");
    }

    @Test
    void needsNoChainForOriginalReceipts() {
        NEIGHBOURS.goAway(Owner.CONTRACT);
        assertThat(report(sender, draft(10).original()).codes()).containsExactly("credited");
    }

    @Test
    void keepsTheLastKnownDomainWhileTheChainIsAway() {
        assertThat(report(sender, draft(11).v2()).codes()).containsExactly("credited");
        pause();
        NEIGHBOURS.goAway(Owner.CONTRACT);
        assertThat(report(sender, draft(12).v2()).codes()).containsExactly("credited");
    }

    @Test
    void takesWhatCurlSendsByDefaultForJson() {
        Reply reply = http.postText(
                "/report",
                "{\"user_id\": \"%s\"}".formatted(sender.name()),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("ratio").asDouble()).isEqualTo(1.0);
        assertThat(reply.json().path("results").isEmpty()).isTrue();
    }
}
