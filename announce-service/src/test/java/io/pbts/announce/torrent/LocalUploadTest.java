package io.pbts.announce.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Profile local: whoever can reach the control port may upload. */
class LocalUploadTest {
    private static TrackerFixture tracker;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @Test
    void takesATorrentFromAnybodyPrivateOrNot() throws Exception {
        HttpResponse<String> response = tracker.upload(Torrents.publicOne("anybody's"));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("\"announce_url\":\"http://tracker.test:8000/announce\"");
    }

    @Test
    void takesATorrentFromThisMachineOnlyWhateverHeadersSay() throws Exception {
        TestToken elsewhere = TestKeys.token("gateway", "announce").asAnonymous("192.0.2.7");
        for (String header : List.of("X-Forwarded-For", "X-Real-IP", "X-PBTS-Client-Address", "Forwarded")) {
            HttpResponse<String> response =
                    tracker.upload(elsewhere, Torrents.publicOne("far away"), header, "127.0.0.1");
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains("credentials-missing");
        }
        TestToken loopback = TestKeys.token("gateway", "announce").asAnonymous("::1");
        assertThat(tracker.upload(loopback, Torrents.publicOne("near"), "X-Forwarded-For", "192.0.2.7")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void putsThePasskeyOfACallerWhoHasOneIntoTheUrl() throws Exception {
        Passkey passkey = TrackerFixture.newPasskey();
        tracker.reputation().set(9, "somebody", true, "1.00", 0, passkey);
        HttpResponse<String> response =
                tracker.upload(Torrents.publicOne("somebody's"), "X-PBTS-Passkey", passkey.value());
        assertThat(response.body()).contains("http://tracker.test:8000/" + passkey.value() + "/announce");
        assertThat(tracker.upload(Torrents.publicOne("x"), "X-PBTS-Passkey", "wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tellsFactsToAnybody() throws Exception {
        String body = tracker.upload(Torrents.publicOne("told")).body();
        String hash = body.replaceAll(".*\"info_hash\":\"([0-9a-f]+)\".*", "$1");
        HttpResponse<String> facts = tracker.read("/api/v1/torrents/" + hash);
        assertThat(facts.statusCode()).isEqualTo(200);
        assertThat(facts.body()).contains("\"name\":\"told\"").contains("\"is_private\":false");
    }
}
