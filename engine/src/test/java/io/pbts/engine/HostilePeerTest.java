package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one peer does wrong ends its own connection and touches nobody else. */
class HostilePeerTest {
    private static final String NO_TRACKER = "http://127.0.0.1:9/announce";

    @TempDir
    private Path seeding;

    @TempDir
    private Path leeching;

    private final Payload payload = Payload.single("target.bin", 4_000_000, 64 << 10, NO_TRACKER);
    private Client seeder;

    @BeforeEach
    void seed() throws IOException {
        seeder = Client.start(seeding).seed(payload);
    }

    @AfterEach
    void stop() {
        seeder.close();
    }

    private void assertStillServes() throws IOException {
        try (Client leecher = Client.start(leeching)) {
            leecher.add(payload).meet(payload, seeder).await(payload, State.SEEDING);
            assertThat(payload.isIn(leeching)).isTrue();
        }
    }

    @Test
    void aPeerThatStopsReadingDoesNotKeepOthersFromBeingServed() throws IOException {
        try (RawPeer deaf = RawPeer.plain(seeder, payload)) {
            deaf.say(new Message.Interested()).await(Message.Unchoke.class);
            for (int i = 0; i < 1900; i++) {
                deaf.say(new Message.Request(new Block(i % 60, i % 4 * Block.SIZE, Block.SIZE)));
            }
            assertStillServes();
            assertThat(seeder.status(payload).peers()).isPositive();
        }
    }

    @Test
    void aFloodOfRequestsEndsTheConnection() throws IOException {
        try (RawPeer flooder = RawPeer.plain(seeder, payload)) {
            flooder.say(new Message.Interested()).await(Message.Unchoke.class);
            try {
                for (int i = 0; i < 100_000; i++) {
                    flooder.say(new Message.Request(new Block(0, 0, Block.SIZE)));
                }
            } catch (IOException hungUp) {
                assertThat(hungUp).isNotNull();
            }
            Await.until("the flood is noticed", () -> seeder.gone.stream().anyMatch(why -> why.contains("requests")));
        }
        assertStillServes();
    }

    /** Length and id of a message, and what follows them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff07", // as long as can be said
                "7fffffff14", // an extension message of 2 GiB
                "0002000105", // a bitfield of another torrent
                "000100000700000000ffffc000", // a block that is larger than any
                "0000000d060000000080000000" + "00004000", // a negative offset
                "0000000d06ffffffff00000000" + "00004000", // a negative piece
                "0000000d060000000000000000" + "80000000", // a negative length
                "0000000d060000000000000000" + "00000000", // nothing
                "0000000d06000000000000c001" + "00004000", // over the end of the piece
                "0000000d060000000000000000" + "00100000", // more than anybody serves
                "0000000504000fffff", // a piece that is not there
                "000000020001", // a choke with something behind it
                "0000000907000000000000000000", // a block that nobody asked for, empty
                "0000000a070000000000000000" + "00", // a block that nobody asked for
                "000000010e", // a message of BEP 6 without its bit
                "000000031400" + "64", // an extension message without its bit
                "0000000205" + "00" + "0000000205" + "00" // a bitfield of the wrong size
            })
    void aMessageThatMustNotBeEndsTheConnection(String hex) throws IOException {
        try (RawPeer peer = RawPeer.plain(seeder, payload)) {
            peer.raw(HexFormat.of().parseHex(hex));
            peer.awaitHangUp();
        }
        Await.until("the connection is gone", () -> seeder.status(payload).peers() == 0);
        assertThat(seeder.status(payload).state()).isEqualTo(State.SEEDING);
    }

    @Test
    void extensionMessagesThatMakeNoSenseAreNoReasonToHangUp() throws IOException {
        try (RawPeer peer = RawPeer.call(seeder, payload, true, true)) {
            peer.say(new Message.Extended(0, org.apache.tuweni.bytes.Bytes.fromHexString("0x646464")));
            peer.say(new Message.Extended(77, org.apache.tuweni.bytes.Bytes.EMPTY));
            peer.say(new Message.Interested());
            assertThat(peer.await(Message.Unchoke.class)).isNotNull();
        }
    }

    @Test
    void strangersAreNotListenedTo() throws IOException {
        try (var stranger = java.nio.channels.SocketChannel.open(seeder.engine.address())) {
            stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                    .repeat(10)
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            assertThat(readsEnd(stranger)).isTrue();
        }
        assertStillServes();
    }

    private static boolean readsEnd(java.nio.channels.SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void onlyWhoIsThereTwiceIsSentAway() throws IOException {
        try (Client leecher = Client.start(leeching)) {
            leecher.add(payload).meet(payload, seeder).await(payload, State.SEEDING);
            leecher.engine.addPeers(payload.metainfo().id(), java.util.List.of(leecher.engine.address()));
            assertThat(leecher.failures).isEmpty();
        }
    }
}
