package io.pbts.receipt.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.RunningTracker;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** A receiver that lost its copy pays for it again, because it says so. */
@ActiveProfiles("production")
@TestPropertySource(properties = {"pbts.download.most=2", "pbts.download.every=1s"})
class DownloadTest extends RunningTracker {

    @Test
    void creditsAPieceAgainOnlyAfterTheReceiverOpenedAFurtherDownload() {
        assertThat(report(sender, draft(0).v2()).codes()).containsExactly("credited");
        assertThat(report(sender, draft(0).signedIn(1).v2()).codes()).containsExactly("duplicate");
        Reply opened = open(TORRENT.v1().infoHash().hex());
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.json().path("download").asInt()).isEqualTo(1);
        long from = opened.json().path("counts_from").asLong();
        assertThat(report(sender, draft(0).v2()).codes()).as("signed before").containsExactly("duplicate");
        assertThat(report(sender, draft(0).signedAt(from).v2()).codes()).containsExactly("credited");
        assertThat(report(sender, draft(0).signedAt(from + 1).v2()).codes()).containsExactly("duplicate");
        assertThat(WORLD.down(receiver)).isEqualTo(2 * PIECE);
        assertThat(WORLD.up(sender)).isEqualTo(2 * PIECE);
    }

    @Test
    void openingOneChangesNothingForOtherReceiversAndTorrents() {
        open(TORRENT.v1().infoHash().hex());
        Draft other = Draft.of(sender, receiver, HYBRID.v1(), 0);
        assertThat(report(sender, other.v2()).codes()).containsExactly("credited");
        assertThat(report(sender, other.signedIn(5).v2()).codes()).containsExactly("duplicate");
        Draft turned = draft(1).turned();
        assertThat(report(receiver, turned.v2()).codes()).containsExactly("credited");
        assertThat(report(receiver, turned.signedIn(5).v2()).codes()).containsExactly("duplicate");
    }

    @Test
    void leavesNoMoreThanTheSettingAllowsAndNotTooSoon() {
        String infoHash = TORRENT.v1().infoHash().hex();
        assertThat(open(infoHash).status()).isEqualTo(201);
        Reply soon = open(infoHash); // the clock stands still
        assertThat(soon.status()).isEqualTo(409);
        assertThat(soon.json().path("code").asString()).isEqualTo("download-too-soon");
        WORLD.admin()
                .sql("update receipt.download set counts_from = counts_from - 100 where receiver_id = ?")
                .param(receiver.id())
                .update();
        assertThat(open(infoHash).json().path("download").asInt()).isEqualTo(2);
        WORLD.admin()
                .sql("update receipt.download set counts_from = counts_from - 100 where receiver_id = ?")
                .param(receiver.id())
                .update();
        Reply none = open(infoHash);
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.json().path("code").asString()).isEqualTo("no-download-left");
    }

    @Test
    void needsARegisteredTorrentAndTheReceiverItself() {
        assertThat(open("00".repeat(20)).status()).isEqualTo(404);
        assertThat(open("xyz").status()).isEqualTo(400);
        assertThat(open(Map.of()).status()).isEqualTo(400);
        assertThat(http.post("/api/v1/downloads", Map.of("info_hash", "00".repeat(20)))
                        .status())
                .isEqualTo(401);
    }

    private Reply open(String infoHash) {
        return open(Map.of("info_hash", infoHash));
    }

    private Reply open(Map<String, String> request) {
        return http.post(
                "/api/v1/downloads",
                request,
                "X-PBTS-Passkey",
                receiver.passkey().value());
    }
}
