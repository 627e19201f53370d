package io.pbts.announce.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import java.net.http.HttpResponse;
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
