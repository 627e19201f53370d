package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Bls;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.RogueKey;
import io.pbts.receipt.testing.World;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each of the original tracker's receipt defects, tried on ours in the profile where the original's form counts. */
class OriginalDefectsTest extends LocalTracker {

    @Test
    void defect2_selfReportedDeltasEarnNothing() {
        Map<String, Object> receipt = draft(0).original();
        report(sender, receipt);
        Reply reply = http.post(
                "/report",
                Map.of(
                        "user_id",
                        sender.name(),
                        "uploaded_delta",
                        999_999_999,
                        "downloaded_delta",
                        5,
                        "receipts",
                        List.of(receipt)));
        assertThat(reply.codes()).containsExactly("duplicate");
        assertThat(reply.json().path("total_uploaded").asLong()).isEqualTo(PIECE);
        assertThat(WORLD.number("select uploaded_delta from receipt.claim where account_id = " + sender.id()))
                .isEqualTo(999_999_999);
        assertThat(http.post("/report", Map.of("user_id", sender.name(), "downloaded_delta", -1000))
                        .status())
                .isEqualTo(400);
        assertThat(WORLD.down(sender)).isZero();
    }

    @Test
    void defect3_theDownloaderIsDebitedAndNotTheReporter() {
        report(sender, draft(1).original());
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
        assertThat(WORLD.down(sender)).isZero();
        assertThat(WORLD.up(receiver)).isZero();
        assertThat(WORLD.down(receiver)).isEqualTo(PIECE);
    }

    @Test
    void defect4_pieceSizeIsTheTorrents() {
        Map<String, Object> huge = draft(2).original();
        huge.put("piece_size", 1_000_000_000_000L);
        assertThat(report(sender, huge).codes()).containsExactly("bad-length");
        assertThat(WORLD.up(sender)).isZero();
    }

    @Test
    void defect5_nobodyCashesAnothersReceiptOrOneOfHisOwn() {
        Peer thief = NEIGHBOURS.add(WORLD.peer(World.GIB));
        report(thief, draft(3).original());
        assertThat(WORLD.up(thief)).isZero();
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
        assertThat(report(sender, Draft.of(sender, sender, TORRENT.v1(), 4).original())
                        .codes())
                .containsExactly("self-transfer");
        Peer unregistered = WORLD.peer(World.GIB);
        assertThat(report(
                                sender,
                                Draft.of(sender, unregistered, TORRENT.v1(), 4).original())
                        .codes())
                .containsExactly("unknown-receiver");
    }

    @Test
    void defect6_aReceiptThreeTimesInOneReportCountsOnce() {
        Map<String, Object> receipt = draft(5).original();
        assertThat(report(sender, receipt, receipt, receipt).codes())
                .containsExactly("credited", "duplicate", "duplicate");
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
    }

    @Test
    void defect7_aRogueKeyCannotSignForItsVictim() {
        RogueKey rogue = RogueKey.against(receiver);
        Peer attacker = NEIGHBOURS.add(WORLD.rogue(rogue));
        Draft draft = draft(6);
        RogueKey.Forgery forgery = rogue.forge(draft.originalMessage());
        assertThat(Bls.verifyAggregate(forgery.claims(), forgery.sum()))
                .as("the forgery deceives a tracker that adds signatures up")
                .isTrue();
        Map<String, Object> stolen = draft.original();
        stolen.put("signature", Draft.base64(forgery.ofVictim().bytes()));
        Map<String, Object> cover = draft.original();
        cover.put("receiver_public_key", Draft.base64(rogue.publicKey().bytes()));
        cover.put("signature", Draft.base64(forgery.ofRogue().bytes()));
        assertThat(report(sender, stolen, cover).codes()).containsExactly("bad-signature", "bad-signature");
        assertThat(WORLD.down(receiver) + WORLD.down(attacker)).isZero();
    }

    @Test
    void defect8_theSamePieceIsNeverCreditedAgain() {
        report(sender, draft(7).signedIn(-3000).original());
        assertThat(report(sender, draft(7).original()).codes()).containsExactly("duplicate");
        assertThat(report(sender, draft(7).v2()).codes()).containsExactly("duplicate");
        assertThat(http.post("/config", Map.of("receipt_window", 604_800)).status())
                .isEqualTo(200);
        assertThat(report(sender, draft(7).signedIn(-100_000).original()).codes())
                .containsExactly("duplicate");
        http.post("/config", Map.of("receipt_window", 3600));
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
    }

    @Test
    void defect9_oneInvalidReceiptVoidsNoOther() {
        Map<String, Object> bad = draft(9).original();
        bad.put("signature", draft(8).original().get("signature"));
        Reply reply = report(sender, draft(8).original(), bad, draft(10).original());
        assertThat(reply.codes()).containsExactly("credited", "bad-signature", "credited");
        assertThat(reply.json().path("verified_receipts").asInt()).isEqualTo(2);
    }

    @Test
    void defect10_futureTimestampsAreRefused() {
        assertThat(report(sender, draft(11).signedIn(3000).original()).codes()).containsExactly("future");
    }

    @Test
    void defect11_anUndecodableKeyOfTheCallerIsAnError() {
        for (String key : new String[] {"junk", "AAAA", "%%%"}) {
            Reply reply = http.post(
                    "/report",
                    Map.of(
                            "user_id",
                            sender.name(),
                            "public_key",
                            key,
                            "uploaded_delta",
                            4096,
                            "receipts",
                            List.of(draft(12).original())));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).startsWith("public_key must");
        }
        assertThat(WORLD.up(sender)).isZero();
    }

    @Test
    void defect12_verificationCannotBeTurnedOff() {
        Reply off = http.post("/config", Map.of("verify_signatures", false));
        assertThat(off.status()).isEqualTo(200);
        assertThat(off.json().path("warning").asString()).contains("verify_signatures stays true");
        assertThat(http.get("/config").json().path("verify_signatures").asBoolean())
                .isTrue();
        Map<String, Object> unsigned = draft(13).original();
        unsigned.put("signature", draft(14).original().get("signature"));
        assertThat(report(sender, Collections.nCopies(3, unsigned).toArray()).codes())
                .containsOnly("bad-signature");
    }
}
