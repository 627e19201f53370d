package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedTest {
    @TempDir
    private Path folder;

    @Test
    void findsPeersInAnAnswerThatHasIpv6AddressesOnly() throws IOException {
        try (TinyTracker tracker = TinyTracker.start()) {
            Payload payload = Payload.single("six.bin", 500_000, 64 << 10, tracker.url());
            try (Client seeder = Client.startAt(folder.resolve("seeder"), "::1").seed(payload);
                    Client leecher = Client.startAt(folder.resolve("leecher"), "::1")) {
                tracker.answer(_ -> TinyTracker.peers(
                        "peers6",
                        ByteBuffer.allocate(18)
                                .put(seeder.engine.address().getAddress().getAddress())
                                .putShort((short) seeder.engine.address().getPort())
                                .array()));
                leecher.add(payload).await(payload, State.SEEDING);
                assertThat(payload.isIn(folder.resolve("leecher"))).isTrue();
            }
        }
    }

    @Test
    void aRefusalIsToldAndTheTrackerIsNotAskedBeforeItsTime() throws IOException {
        try (TinyTracker tracker = TinyTracker.start()) {
            Payload payload = Payload.single("refused.bin", 100_000, 64 << 10, tracker.url());
            tracker.answer(_ -> BencodeWriter.encodeToArray(
                    Map.of("failure reason", BString.of("Unregistered torrent"), "retry in", BString.of("never"))));
            try (Client client = Client.start(folder)) {
                client.add(payload);
                Await.until("the refusal is told", () -> !client.trackerFailures.isEmpty());
                assertThat(client.trackerFailures).containsExactly("Unregistered torrent");
            }
            assertThat(tracker.events()).containsExactly("started");
        }
    }
}
