package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.wire.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that lie, hesitate or crawl. */
class UnreliablePeerTest {
    private static final String NO_TRACKER = "http://127.0.0.1:9/announce";

    @TempDir
    private Path folder;

    @Test
    void aChokeInMidPieceLosesNothing() throws IOException {
        Payload payload = Payload.single("choked.bin", 8 * Block.SIZE, 8 * Block.SIZE, NO_TRACKER);
        try (ServerSocketChannel server = RawPeer.listen();
                Client leecher = Client.start(folder)) {
            leecher.add(payload).meet(payload, (InetSocketAddress) server.getLocalAddress());
            try (RawPeer peer = RawPeer.offer(server, payload, 0x80)) {
                List<Block> asked = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    asked.add(peer.await(Message.Request.class).block());
                }
                for (Block block : asked.subList(0, 3)) {
                    peer.sendBlock(block, 0);
                }
                // The fourth is on its way while the choke is: late, and no offence.
                peer.say(new Message.Choke()).sendBlock(asked.get(3), 0);
                peer.say(new Message.Unchoke());
                for (int i = 0; i < 5; i++) {
                    peer.sendBlock(peer.await(Message.Request.class).block(), 0);
                }
                leecher.await(payload, State.SEEDING);
            }
            assertThat(payload.isIn(folder)).isTrue();
            assertThat(leecher.sources.getFirst()).hasSize(1);
            assertThat(leecher.status(payload).wasted()).isEqualTo(Block.SIZE);
        }
    }

    /** A connection that is closed with something unread is reset, and what was said last may be lost (RFC 2525, 2.17). */
    @Test
    void whoStopsReadsWhatIsOnItsWayAndHangsUpOnNobody() throws IOException, InterruptedException {
        Payload payload = Payload.single("parting.bin", 8 * Block.SIZE, 8 * Block.SIZE, NO_TRACKER);
        try (ServerSocketChannel server = RawPeer.listen();
                Client leecher = Client.start(folder, slow -> slow.withLimits(0, Block.SIZE), ServeGate.OPEN)) {
            leecher.add(payload).meet(payload, (InetSocketAddress) server.getLocalAddress());
            Thread stopping;
            try (RawPeer peer = RawPeer.offer(server, payload, 0x80)) {
                for (int i = 0; i < 8; i++) {
                    peer.sendBlock(peer.await(Message.Request.class).block(), 0);
                }
                stopping = Thread.ofVirtual().start(leecher::close);
                assertThatThrownBy(() -> peer.await(_ -> false)).isInstanceOf(EOFException.class);
            }
            stopping.join();
            assertThat(leecher.gone).containsExactly("the peer closed the connection");
        }
    }

    @Test
    void aPeerMaySayAgainWhatItHas() throws IOException {
        Payload payload = Payload.single("again.bin", 3 * Block.SIZE, Block.SIZE, NO_TRACKER);
        try (ServerSocketChannel server = RawPeer.listen();
                Client leecher = Client.start(folder)) {
            leecher.add(payload).meet(payload, (InetSocketAddress) server.getLocalAddress());
            try (RawPeer peer = RawPeer.offer(server, payload, 0x80)) {
                for (int said : new int[] {0xC0, 0xE0, 0xE0}) {
                    peer.sendBlock(peer.await(Message.Request.class).block(), 0);
                    peer.say(new Message.Bitfield(Bytes.of(said)));
                }
                leecher.await(payload, State.SEEDING);
            }
            assertThat(leecher.verified).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void aCorruptPieceIsFetchedAnewAndItsSenderIsNotCalledAgain() throws IOException {
        Payload payload = Payload.single("corrupt.bin", 2_000_000, 64 << 10, NO_TRACKER);
        try (ServerSocketChannel server = RawPeer.listen();
                Client seeder = Client.start(folder.resolve("seeder")).seed(payload);
                Client leecher = Client.start(folder.resolve("leecher"))) {
            leecher.add(payload).meet(payload, (InetSocketAddress) server.getLocalAddress());
            try (RawPeer liar = RawPeer.answer(server, payload)) {
                liar.say(new Message.Bitfield(Bytes.fromHexString("0xfffffffe")))
                        .say(new Message.Unchoke());
                for (int i = 0; i < 4; i++) {
                    liar.sendBlock(liar.await(Message.Request.class).block(), i == 2 ? 1 : 0);
                }
                liar.awaitHangUp();
            }
            assertThat(leecher.corrupt).hasSize(1);
            leecher.meet(payload, seeder).await(payload, State.SEEDING);
            assertThat(payload.isIn(folder.resolve("leecher"))).isTrue();
            Await.until("the reason is told", () -> leecher.gone.contains("sent pieces with a wrong hash"));
        }
    }

    @Test
    void aSlowPeerDoesNotSlowAFastOneDown() throws IOException {
        Payload payload = Payload.single("paced.bin", 6_000_000, 64 << 10, NO_TRACKER);
        try (Client seeder = Client.start(folder.resolve("seeder")).seed(payload);
                Client slow = Client.start(
                        folder.resolve("slow"), settings -> settings.withLimits(0, 50_000), ServeGate.OPEN);
                Client fast = Client.start(folder.resolve("fast"))) {
            slow.add(payload).meet(payload, seeder);
            Await.until("the slow one has begun", () -> slow.status(payload).downloaded() > 0);
            fast.add(payload).meet(payload, seeder).await(payload, State.SEEDING);
            assertThat(slow.status(payload).state()).isEqualTo(State.DOWNLOADING);
        }
    }

    @Test
    void aPeerWithoutTheExtensionIsServedAndSentNoMessageOfIt() throws IOException {
        Payload payload = Payload.single("plain.bin", 500_000, 64 << 10, NO_TRACKER);
        List<Boolean> sent = new ArrayList<>();
        ServeGate talkative = (peer, _) -> {
            sent.add(peer.send("pbts_receipt", Bytes.of(1)));
            return ServeGate.Verdict.YES;
        };
        try (Client seeder = Client.start(
                                folder.resolve("seeder"),
                                settings -> settings.withExtensions(List.of("pbts_receipt"), java.util.Map.of()),
                                talkative)
                        .seed(payload);
                RawPeer peer = RawPeer.plain(seeder, payload)) {
            peer.say(new Message.Interested()).await(Message.Unchoke.class);
            peer.say(new Message.Request(new Block(0, 0, 100)));
            assertThat(peer.await(
                            message -> message instanceof Message.PieceHeader || message instanceof Message.Extended))
                    .isEqualTo(new Message.PieceHeader(new Block(0, 0, 100)));
            assertThat(sent).containsExactly(false);
        }
    }
}
