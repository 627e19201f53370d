package io.pbts.receipt.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.crash.Books.Stored;
import io.pbts.receipt.crash.Journal.Testimony;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Three replicas and their Postgres are killed with -9 while every receipt is sent again and again to all of them: 20,000
 * receipts, or 50 times as many in {@code ./pbts test --long}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {
    private static final long SEED = 20_261_121L;
    private static final int REPLICAS = 3;
    private static final int WORKERS = 8;
    private static final int RECEIPTS = 20_000;
    private static final int WAVES = Boolean.getBoolean("pbts.long") ? 50 : 1;
    private static final int OVERLAPS = 10;
    private static final Duration SOON = Duration.ofMinutes(3);

    private final Random random = new Random(SEED);
    private Cluster cluster;
    private Client client;
    private long expected;

    @BeforeAll
    void launch() {
        cluster = Cluster.launch(REPLICAS);
        CrashPoint.install(cluster.world());
        client = new Client(cluster.neighbours().add(cluster.world().peer(0)));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void countEachReceiptOnceHoweverOftenItIsSentAndWhoeverIsKilled() throws Exception {
        var disasters = new Disasters(cluster, random);
        List<Peer> ring = Stream.generate(
                        () -> cluster.neighbours().add(cluster.world().peer(World.GIB)))
                .limit(3)
                .toList();
        for (int number = 0; number < WAVES; number++) {
            Wave wave = Wave.of(number, RECEIPTS, cluster, ring, random);
            cluster.awaitReady();
            deliver(wave, disasters);
            expected += wave.bytes();
            cluster.books().requireBalanceOf(expected);
        }
        System.out.printf(
                "seed %d: replicas killed %d times, Postgres %d times%n",
                SEED, disasters.replicaKills(), disasters.postgresKills());
        assertThat(disasters.replicaKills()).isGreaterThanOrEqualTo(3 * WAVES);
        assertThat(disasters.postgresKills()).isGreaterThanOrEqualTo(3 * WAVES);
    }

    @Test
    void answerOverlappingReportsThatNameTheirReceiptsInOppositeOrder() throws Exception {
        cluster.awaitReady();
        // Two senders, because reports of one pair wait for each other before they insert anything.
        Peer sender = cluster.neighbours().add(cluster.world().peer(World.GIB));
        Peer other = cluster.neighbours().add(cluster.world().peer(World.GIB));
        Peer receiver = cluster.neighbours().add(cluster.world().peer(World.GIB));
        for (int round = 0; round < OVERLAPS; round++) {
            TestTorrent torrent = cluster.neighbours().add(TestTorrent.v1("overlap" + round, 64, 1024, 64 * 1024));
            List<Reply> replies = deliverAtOnce(
                    receipts(sender, receiver, torrent, 0, 56),
                    receipts(other, receiver, torrent, 8, 64).reversed());
            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(replies.stream().flatMap(reply -> reply.codes().stream()).filter("credited"::equals))
                    .as("answers that credit one of 64 receipts")
                    .hasSize(64);
            assertThat(cluster.books().of(torrent)).isEqualTo(Stored.allOnce(64, 64 * 1024));
            expected += 64 * 1024;
            cluster.books().requireBalanceOf(expected);
        }
    }

    private static List<SignedReceipt> receipts(Peer sender, Peer receiver, TestTorrent torrent, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(piece -> SignedReceipt.of(Draft.of(sender, receiver, torrent.v1(), piece)
                        .signedAt(Clock.systemUTC().instant().getEpochSecond())))
                .toList();
    }

    /** One report to one replica, the other to another; both begin to write at the same moment. */
    private List<Reply> deliverAtOnce(List<SignedReceipt> one, List<SignedReceipt> other) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Reply>>> both;
            try (Gate gate = Gate.shut(cluster.world(), CrashPoint.AFTER_VERIFY)) {
                both = List.of(
                        pool.submit(() -> client.send(cluster.replicas().get(0).port(), one)),
                        pool.submit(() -> client.send(cluster.replicas().get(1).port(), other)));
                gate.awaitWaiting(2);
            }
            return List.of(both.get(0).get().orElseThrow(), both.get(1).get().orElseThrow());
        }
    }

    private void deliver(Wave wave, Disasters disasters) throws Exception {
        long start = System.nanoTime();
        try (Journal journal = Journal.create()) {
            sendAll(wave, journal, disasters);
            cluster.awaitReady();
            Eventually.until("nothing is held", SOON, () -> cluster.books().held() == 0);

            Testimony told = journal.read(wave.receipts().size());
            System.out.printf(
                    "%d receipts sent %d times in %d reports, %d s; attempts %s; answers %s; first redemptions heard of: %d%n",
                    wave.receipts().size(),
                    wave.sendings(),
                    wave.batches().size(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    client.attempts(),
                    told.codes(),
                    told.heardOf());
            assertThat(told.codes().keySet()).isSubsetOf("credited", "held", "duplicate");
            assertThat(told.mostFirsts())
                    .as("a receipt is redeemed in one answer")
                    .isEqualTo(1);
            assertThat(told.unanswered()).isZero();
            assertThat(client.attempts().keySet())
                    .as("what is away is 503, never another error")
                    .isSubsetOf("200", "503", "broken");
            assertThat(cluster.books().of(wave.torrent()))
                    .isEqualTo(Stored.allOnce(wave.receipts().size(), wave.bytes()));
            assertThat(cluster.world().held(wave.newcomer())).isZero();
        }
    }

    private void sendAll(Wave wave, Journal journal, Disasters disasters)
            throws ExecutionException, InterruptedException {
        var next = new AtomicInteger();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                var choice = new Random(random.nextLong());
                workers.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < wave.batches().size(); i = next.getAndIncrement()) {
                        int[] batch = wave.batches().get(i);
                        journal.note(batch, client.deliver(cluster.replicas(), wave.pick(batch), choice));
                    }
                }));
            }
            disasters.strike(journal::answered, wave.batches().size(), wave.newcomer());
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }
}
