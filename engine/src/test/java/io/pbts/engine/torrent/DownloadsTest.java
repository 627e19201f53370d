package io.pbts.engine.torrent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.Block;
import io.pbts.engine.ServeGate;
import io.pbts.engine.limit.SlabPool;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.picker.PiecePicker;
import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.MessageReader;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private static final int PIECES = 4;

    private final PiecePicker picker =
            new PiecePicker(PIECES, new BitSet(), _ -> Block.SIZE, new SlabPool(64L << 20), 10, new Random(1));
    private final Downloads downloads = new Downloads(PIECES, new BitSet(), picker, new Counters());
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    /** A peer that has everything and serves us, on a connection whose threads do not run. */
    private PeerState seeder(int id) {
        Bytes hash = Bytes.repeat((byte) 7, 20);
        PeerId name = PeerId.ofBytes("-PB0100-abcdefghijkl".getBytes(US_ASCII));
        PeerConnection connection = new PeerConnection(
                id,
                new TorrentId(Bytes32.ZERO),
                channel,
                new MessageReader(channel, PIECES),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 6881),
                new Handshake(hash, name, false, false),
                new NoHandler(),
                new NoServer());
        PeerState peer = new PeerState(connection, ServeGate.OPEN);
        peer.chokesUs = false;
        downloads.gained(peer);
        return peer;
    }

    @Test
    void whatASilentPeerWasAskedForIsAskedOfAnother() {
        PeerState silent = seeder(1);
        downloads.ask(silent);
        assertThat(picker.outstanding(silent)).isEqualTo(PIECES);
        long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(29);
        downloads.tick(silent, later);
        assertThat(silent.snubbed).isFalse();
        downloads.tick(silent, later + TimeUnit.SECONDS.toNanos(2));
        assertThat(silent.snubbed).isTrue();
        assertThat(picker.outstanding(silent)).isEqualTo(2);
        PeerState other = seeder(2);
        downloads.ask(other);
        assertThat(picker.outstanding(other)).isEqualTo(PIECES - 2);
    }

    @Test
    void aBlockThatComesAtLastIsNoOffence() throws Exception {
        PeerState silent = seeder(1);
        downloads.ask(silent);
        downloads.tick(silent, System.nanoTime() + TimeUnit.SECONDS.toNanos(31));
        for (int piece = 0; piece < PIECES; piece++) {
            downloads.begin(silent, new Block(piece, 0, Block.SIZE));
        }
        assertThat(silent.snubbed).isFalse();
    }

    @Test
    void aWindowIsWhatThePeerKeeps() {
        PeerState peer = seeder(1);
        peer.window.bound(3);
        downloads.ask(peer);
        assertThat(picker.outstanding(peer)).isEqualTo(3);
    }
}
