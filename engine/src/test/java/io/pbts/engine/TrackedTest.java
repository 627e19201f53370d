package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.wire.Message;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
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

    /** One that breaks off has half a piece for which nobody gets a receipt. */
    @Test
    void asDownloadedTheTrackerHearsOfWholePiecesOnly() throws IOException {
        try (TinyTracker tracker = TinyTracker.start()) {
            int pieceLength = 4 * Block.SIZE;
            Payload payload = Payload.single("half.bin", 2 * pieceLength, pieceLength, tracker.url());
            try (ServerSocketChannel server = RawPeer.listen();
                    Client leecher = Client.start(folder)) {
                leecher.add(payload).meet(payload, (InetSocketAddress) server.getLocalAddress());
                try (RawPeer peer = RawPeer.offer(server, payload, 0xC0)) {
                    for (int i = 0; i < 5; i++) {
                        peer.sendBlock(peer.await(Message.Request.class).block(), 0);
                    }
                    Await.until(
                            "five blocks are there and one piece is right",
                            () -> leecher.status(payload).downloaded() == 5 * Block.SIZE
                                    && leecher.verified.size() == 1);
                }
            }
            assertThat(tracker.announces().getLast())
                    .containsEntry("event", "stopped")
                    .containsEntry("downloaded", String.valueOf(pieceLength));
        }
    }
}
