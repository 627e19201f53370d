package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.ServeGate.Verdict;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final String NO_TRACKER = "http://127.0.0.1:9/announce";

    @TempDir
    private Path folder;

    private final Payload payload = Payload.single("gated.bin", 1_000_000, 64 << 10, NO_TRACKER);
    private final AtomicReference<Peer> asked = new AtomicReference<>();

    @Test
    void waitsAndGoesOnWhenTheGateOpens() throws IOException {
        AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.WAIT);
        ServeGate gate = (peer, _) -> {
            asked.set(peer);
            return verdict.get();
        };
        try (Client seeder = Client.start(folder.resolve("seeder"), settings -> settings, gate)
                        .seed(payload);
                Client leecher = Client.start(folder.resolve("leecher"))) {
            leecher.add(payload).meet(payload, seeder);
            Await.until("the gate is asked", () -> asked.get() != null);
            assertThat(seeder.sent.get()).isZero();
            verdict.set(Verdict.YES);
            asked.get().reconsider();
            leecher.await(payload, State.SEEDING);
        }
    }

    @Test
    void chokesAndDropsWhatWasAskedFor() throws IOException {
        ServeGate gate = (_, piece) -> piece == 0 ? Verdict.YES : Verdict.CHOKE;
        try (Client seeder = Client.start(folder.resolve("seeder"), settings -> settings, gate)
                        .seed(payload);
                RawPeer peer = RawPeer.call(seeder, payload, true, true)) {
            peer.say(new Message.Interested()).await(Message.Unchoke.class);
            Block first = new Block(0, 0, Block.SIZE);
            Block second = new Block(1, 0, Block.SIZE);
            peer.say(new Message.Request(first)).say(new Message.Request(second));
            assertThat(peer.await(Message.PieceHeader.class).block()).isEqualTo(first);
            peer.await(Message.Choke.class);
            assertThat(peer.await(Message.Reject.class).block()).isEqualTo(second);
            assertThat(seeder.sent.get()).isEqualTo(Block.SIZE);
        }
    }

    @Test
    void sendsNoMoreThanTheLimit() throws IOException {
        try (Client seeder = Client.start(
                                folder.resolve("seeder"), settings -> settings.withLimits(400_000, 0), ServeGate.OPEN)
                        .seed(payload);
                Client leecher = Client.start(folder.resolve("leecher"))) {
            long begin = System.nanoTime();
            leecher.add(payload).meet(payload, seeder).await(payload, State.SEEDING);
            // A quarter of a second's worth and one block come at once; the rest takes its time however fast the
            // machine is.
            assertThat(System.nanoTime() - begin).isGreaterThan(2_100_000_000L);
        }
    }
}
