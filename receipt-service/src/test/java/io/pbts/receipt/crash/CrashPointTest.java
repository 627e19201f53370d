package io.pbts.receipt.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.crash.Books.Stored;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything is stopped at each point at which a crash could lose or double something, and there either the replica or
 * Postgres is killed with -9. The client knows nothing and sends again. Once each, five times when tests may be long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointTest {
    private static final int ROUNDS = Boolean.getBoolean("pbts.long") ? 5 : 1;
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Random RANDOM = new Random(20_261_122L);
    private static final int RECEIPTS = 5;
    private static final long PIECE = 64L << 20;

    private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int torrents;
    private Cluster cluster;
    private Replica replica;
    private Client client;
    private Peer sender;
    private long expected;

    @BeforeAll
    void start() {
        cluster = Cluster.launch(1);
        CrashPoint.install(cluster.world());
        replica = cluster.replicas().getFirst();
        client = new Client(cluster.neighbours().add(cluster.world().peer(0)));
        sender = cluster.neighbours().add(cluster.world().peer(World.GIB));
        cluster.awaitReady();
    }

    @AfterAll
    void stopAndTellTheCoverage() {
        threads.shutdownNow();
        cluster.close();
        for (CrashPoint point : CrashPoint.values()) {
            System.out.printf("crash point %s: reached %d times%n", point, reached.getOrDefault(point, 0));
        }
        assertThat(reached).containsOnlyKeys(CrashPoint.values());
    }

    /** A commit that Postgres has begun to work on is finished without the replica; everything else is as if nothing had come. */
    @ParameterizedTest
    @CsvSource({
        "AFTER_VERIFY, REPLICA, false",
        "AFTER_VERIFY, POSTGRES, false",
        "AFTER_RECEIPT_INSERT, REPLICA, false",
        "AFTER_RECEIPT_INSERT, POSTGRES, false",
        "AFTER_BALANCES, REPLICA, false",
        "AFTER_BALANCES, POSTGRES, false",
        "BEFORE_COMMIT, REPLICA, true",
        "BEFORE_COMMIT, POSTGRES, false"
    })
    void countsAReportOnceThatDiedInTheLedger(CrashPoint point, Victim victim, boolean survives) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            dieInTheLedger(point, victim, survives);
        }
    }

    private void dieInTheLedger(CrashPoint point, Victim victim, boolean survives) throws Exception {
        Peer receiver = cluster.neighbours().add(cluster.world().peer(World.GIB));
        TestTorrent torrent = torrent(point + " " + victim);
        List<SignedReceipt> receipts = receipts(torrent, receiver);
        Future<Optional<Reply>> lost;
        try (Gate gate = Gate.shut(cluster.world(), point)) {
            lost = threads.submit(() -> client.send(replica.port(), receipts));
            gate.awaitWaiting(1);
            reach(point);
            victim.kill(cluster);
        }
        victim.startAgain(cluster);
        assertThat(lost.get()).as("what the client heard").matches(CrashPointTest::isNoAnswer);
        awaitEndOfTransactions();
        assertThat(cluster.books().of(torrent)).isEqualTo(survives ? allOnce() : Stored.NOTHING);
        requireRepeat(torrent, receipts, survives ? "duplicate" : "credited");
    }

    @ParameterizedTest
    @EnumSource
    void countsAReportOnceWhoseAnswerWasLost(Victim victim) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            loseTheAnswer(victim);
        }
    }

    private void loseTheAnswer(Victim victim) throws Exception {
        Peer receiver = cluster.neighbours().add(cluster.world().peer(World.GIB));
        TestTorrent torrent = torrent("answer lost " + victim);
        List<SignedReceipt> receipts = receipts(torrent, receiver);
        Future<Optional<Reply>> lost;
        try (AnswerTrap trap = AnswerTrap.before(replica)) {
            lost = threads.submit(() -> client.send(trap.port(), receipts));
            trap.awaitAnswer();
            reach(CrashPoint.AFTER_COMMIT);
            victim.kill(cluster);
        }
        victim.startAgain(cluster);
        assertThat(lost.get()).as("what the client heard").isEmpty();
        assertThat(cluster.books().of(torrent)).as("an answer means durable").isEqualTo(allOnce());
        requireRepeat(torrent, receipts, "duplicate");
    }

    @ParameterizedTest
    @EnumSource
    void releasesEachHeldReceiptOnceWhenTheReleaseDied(Victim victim) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            dieInTheRelease(victim);
        }
    }

    private void dieInTheRelease(Victim victim) throws Exception {
        Peer newcomer = cluster.neighbours().add(cluster.world().peer(0));
        TestTorrent torrent = torrent("release " + victim);
        List<SignedReceipt> receipts = receipts(torrent, newcomer);
        Reply first = client.deliver(cluster.replicas(), receipts, RANDOM);
        assertThat(first.codes()).containsExactly("credited", "credited", "held", "held", "held");
        try (Gate gate = Gate.shut(cluster.world(), CrashPoint.DURING_RELEASE)) {
            cluster.world().grant(newcomer, World.GIB);
            gate.awaitWaiting(1);
            reach(CrashPoint.DURING_RELEASE);
            victim.kill(cluster);
        }
        if (victim == Victim.REPLICA) {
            awaitEndOfTransactions();
            assertThat(cluster.books().held()).as("held after the release died").isEqualTo(3);
        }
        victim.startAgain(cluster);
        Eventually.until("nothing is held", SOON, () -> cluster.books().held() == 0);
        assertThat(cluster.world().held(newcomer)).isZero();
        requireRepeat(torrent, receipts, "duplicate");
    }

    /** Sent again, and again: all receipts of this torrent are in the ledger once, and the books balance. */
    private void requireRepeat(TestTorrent torrent, List<SignedReceipt> receipts, String code) {
        expected += RECEIPTS * PIECE;
        for (String now : List.of(code, "duplicate")) {
            Reply reply = client.deliver(cluster.replicas(), receipts, RANDOM);
            assertThat(reply.codes()).containsExactlyElementsOf(Collections.nCopies(RECEIPTS, now));
            assertThat(cluster.books().of(torrent)).isEqualTo(allOnce());
            cluster.books().requireBalanceOf(expected);
        }
        assertThat(client.attempts().keySet()).isSubsetOf("200", "503", "broken");
    }

    /** A killed replica's backend works on what it was told until it notices that nobody listens. */
    private void awaitEndOfTransactions() {
        Eventually.until("no transaction is open", SOON, () -> cluster.books().openTransactions() == 0);
    }

    private void reach(CrashPoint point) {
        reached.merge(point, 1, Integer::sum);
    }

    private TestTorrent torrent(String name) {
        torrents++;
        return cluster.neighbours().add(TestTorrent.v1(name + " " + torrents, RECEIPTS, PIECE, RECEIPTS * PIECE));
    }

    private List<SignedReceipt> receipts(TestTorrent torrent, Peer receiver) {
        return IntStream.range(0, RECEIPTS)
                .mapToObj(piece -> SignedReceipt.of(Draft.of(sender, receiver, torrent.v1(), piece)
                        .signedAt(Clock.systemUTC().instant().getEpochSecond())))
                .toList();
    }

    private static Stored allOnce() {
        return Stored.allOnce(RECEIPTS, RECEIPTS * PIECE);
    }

    private static boolean isNoAnswer(Optional<Reply> heard) {
        return heard.isEmpty() || heard.get().status() == 503;
    }
}
