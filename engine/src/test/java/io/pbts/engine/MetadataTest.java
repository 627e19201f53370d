package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.engine.metadata.MetadataFetch;
import io.pbts.engine.metadata.NobodyTold;
import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Message;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has only the hash is told what the torrent is (BEP 9). */
class MetadataTest {
    private static final InetSocketAddress SELF = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6999);

    @TempDir
    private Path folder;

    private TinyTracker tracker;
    private Payload payload;

    @BeforeEach
    void track() {
        tracker = TinyTracker.start();
        // Small pieces: an info dictionary of three parts.
        payload = Payload.single("known.bin", 2000 * (16 << 10), 16 << 10, tracker.url());
    }

    @AfterEach
    void untrack() {
        tracker.close();
    }

    private Client seeder() throws Exception {
        Client seeder = Client.start(folder);
        payload.writeTo(folder);
        seeder.engine.add(TorrentSource.ofFile(payload.torrent(), folder, List.of(URI.create(tracker.url()))));
        seeder.await(payload, TorrentStatus.State.SEEDING);
        Await.until("the seeder has announced", () -> tracker.events().contains("started"));
        return seeder;
    }

    private Bytes infoHash() {
        return payload.metainfo().v1().orElseThrow().infoHash().bytes();
    }

    @Test
    void aTorrentIsLearntFromItsHashAlone() throws Exception {
        try (Client _ = seeder()) {
            Bytes torrent = new MetadataFetch(infoHash(), SELF).from(URI.create(tracker.url()));
            Metainfo learnt = Metainfo.parse(torrent);
            assertThat(learnt.id()).isEqualTo(payload.metainfo().id());
            assertThat(learnt.announce()).isEmpty();
            assertThat(tracker.events()).endsWith("stopped");
        }
    }

    @Test
    void saysSoWhenNobodyIsThere() {
        assertThatExceptionOfType(NobodyTold.class)
                .isThrownBy(() -> new MetadataFetch(infoHash(), SELF).from(URI.create(tracker.url())))
                .withMessageContaining("nobody else takes part");
    }

    @Test
    void whoAsksOverAndOverIsRefused() throws Exception {
        try (Client seeder = seeder();
                RawPeer peer = RawPeer.call(seeder, payload, false, true)) {
            peer.say(new Message.Extended(0, ExtensionHandshake.encode(List.of("ut_metadata"), Map.of())));
            Bytes request =
                    BencodeWriter.encode(BDictionary.of(Map.of("msg_type", new BInteger(0), "piece", new BInteger(0))));
            int number = number(peer);
            for (int i = 0; i < 10; i++) {
                peer.say(new Message.Extended(number, request));
            }
            Bytes refusal =
                    BencodeWriter.encode(BDictionary.of(Map.of("msg_type", new BInteger(2), "piece", new BInteger(0))));
            peer.await(new Message.Extended(1, refusal)::equals);
        }
    }

    /** Under which number the client takes such messages. */
    private static int number(RawPeer peer) throws IOException {
        Message.Extended said = peer.await(Message.Extended.class);
        return ExtensionHandshake.decode(said.payload()).orElseThrow().ids().get("ut_metadata");
    }
}
