package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two engines that exchange receipts by the usual policy, far from each other. A rate needs a machine that has nothing else to do. */
@Tag("long")
class SlowLinkTest {
    private static final long HUNDRED_MEGABITS = 12_500_000;
    private static final Duration FAR = Duration.ofMillis(50);
    private static final int LENGTH = 64 << 20;
    private static final int PIECE = 256 << 10;
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));

    @TempDir
    private Path folder;

    private final Payload payload = Payload.single("far.bin", LENGTH, PIECE, "http://127.0.0.1:9/announce");
    private final List<Earned> kept = new CopyOnWriteArrayList<>();

    private ReceiptExchange exchange(String key) {
        var signer = new ReceiptSigner.OfBls(BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient(key)));
        var exchange =
                new ReceiptExchange(signer, DOMAIN, ReceiptPolicy.of(Ordinary.PREFER), kept::add, Clock.systemUTC());
        exchange.cover(payload.metainfo());
        return exchange;
    }

    private Engine engine(ReceiptExchange exchange, Path there, State state) throws IOException {
        EngineSettings settings = EngineSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve(there + "-state"));
        Engine engine = Engine.start(exchange.announcedIn(settings), exchange, exchange);
        engine.add(new TorrentSource(payload.metainfo(), there, List.of(), Optional.empty()));
        await(engine, state);
        return engine;
    }

    private TorrentStatus status(Engine engine) {
        return engine.status(payload.metainfo().id()).orElseThrow();
    }

    private void await(Engine engine, State state) {
        Await.until(
                () -> "torrent is " + state + ", not " + status(engine),
                () -> status(engine).state() == state);
    }

    @Test
    void aTransferWithReceiptsFillsALinkOfAHundredMegabitsAndFiftyMillisecondsEachWay() throws IOException {
        Path seeding = payload.writeTo(Files.createDirectories(folder.resolve("seeding")));
        Path leeching = folder.resolve("leeching");
        try (ReceiptExchange sending = exchange("0x3");
                ReceiptExchange receiving = exchange("0x2");
                Engine seeder = engine(sending, seeding, State.SEEDING);
                Engine leecher = engine(receiving, leeching, State.DOWNLOADING);
                SlowLink link = SlowLink.to(seeder.address(), HUNDRED_MEGABITS, FAR)) {
            leecher.addPeers(payload.metainfo().id(), List.of(link.address()));
            Await.until("it is under way", () -> status(leecher).left() < LENGTH * 3L / 4);
            long left = status(leecher).left();
            long underWay = System.nanoTime();
            await(leecher, State.SEEDING);
            double rest = (System.nanoTime() - underWay) / 1e9;
            assertThat(left / rest)
                    .as("bytes a second once it is under way")
                    .isBetween(0.9 * HUNDRED_MEGABITS, 1.1 * HUNDRED_MEGABITS);
            Await.until(
                    "all is signed for",
                    () -> kept.stream().mapToInt(one -> one.receipts().size()).sum() == LENGTH / PIECE);
        }
        assertThat(payload.isIn(leeching)).isTrue();
    }
}
