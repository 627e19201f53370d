package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static io.pbts.receipt.ledger.LedgerFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.receipt.ledger.LedgerFixture.Seen;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataAccessException;

/** Claims about concurrency, each with real connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerConcurrencyTest {
    private World world;
    private LedgerFixture fixture;

    @BeforeAll
    void start() {
        world = World.create();
        fixture = new LedgerFixture(
                world, 16, 1); // one attempt: a deadlock is a failure, since everybody locks in one order
    }

    @AfterAll
    void stop() {
        fixture.close();
        world.close();
    }

    @Test
    void creditsTheSameReportOnceHoweverManyPostItAtOnce() throws Exception {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 0, 20);
        List<Callable<Redemption>> posts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            List<LedgerEntry> shuffled = new ArrayList<>(entries);
            Collections.shuffle(shuffled, new Random(i));
            posts.add(() -> fixture.redeem(sender, shuffled));
        }
        List<Seen> outcomes = new ArrayList<>();
        for (Redemption done : all(posts)) {
            outcomes.addAll(seen(done).values());
        }
        assertThat(outcomes).hasSize(32 * 20);
        assertThat(outcomes.stream().filter(Seen::first)).hasSize(20);
        assertThat(outcomes).allMatch(outcome -> outcome.state() == State.CREDITED);
        assertThat(world.up(sender)).isEqualTo(20 * MIB);
        assertThat(world.down(receiver)).isEqualTo(20 * MIB);
    }

    @Test
    void keepsTheBooksBalancedWhenPeersPayEachOtherInBothDirections() throws Exception {
        List<Peer> ring =
                List.of(world.peer(World.GIB), world.peer(World.GIB), world.peer(World.GIB), world.peer(World.GIB));
        List<Callable<Redemption>> posts = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < ring.size(); i++) {
                Peer left = ring.get(i);
                Peer right = ring.get((i + 1) % ring.size());
                List<LedgerEntry> both = new ArrayList<>(fixture.entries(left, right, round * 4, round * 4 + 4));
                both.addAll(fixture.entries(right, left, 2000 + round * 4, 2000 + round * 4 + 4));
                Collections.shuffle(both, new Random(round));
                posts.add(() -> fixture.redeem(left, both));
            }
        }
        all(posts);
        for (Peer peer : ring) {
            assertThat(world.up(peer)).isEqualTo(320 * MIB).isEqualTo(world.down(peer));
        }
        assertThat(world.books()).containsOnly(world.books().getFirst());
    }

    @Test
    void releasesEachHeldReceiptOnceHoweverManyTry() throws Exception {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        fixture.redeem(sender, fixture.entries(sender, newcomer, 0, 228));
        assertThat(world.held(newcomer)).isEqualTo(100 * MIB);
        world.grant(newcomer, World.GIB);
        List<Callable<Integer>> releases = Collections.nCopies(16, () -> fixture.releases.release(newcomer.id()));
        int released = all(releases).stream().mapToInt(Integer::intValue).sum();
        released += fixture.releases.release(newcomer.id());
        assertThat(released).isEqualTo(100);
        assertThat(world.held(newcomer)).isZero();
        assertThat(world.down(newcomer)).isEqualTo(228 * MIB);
        assertThat(world.number("select count(*) from receipt.held where receiver_id = " + newcomer.id()))
                .isZero();
        assertThat(world.books()).containsOnly(world.books().getFirst());
    }

    @Test
    void insertsInKeyOrderSoThatOverlappingReportsNeverWaitInACircle() throws Exception {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        LedgerEntry low = fixture.entry(sender, receiver, 1);
        LedgerEntry high = fixture.entry(sender, receiver, 9);
        try (Connection other = world.postgres().connect("receipt_app");
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            insert(other, low);
            Future<Redemption> post = pool.submit(() -> fixture.redeem(sender, List.of(high, low)));
            waitForBlockedBackend();
            insert(other, high); // free, or this is a deadlock
            other.rollback();
            assertThat(seen(post.get(60, TimeUnit.SECONDS)).values()).containsOnly(new Seen(State.CREDITED, true));
        }
    }

    /** Three times, because an order that is not ascending begins with the lowest account now and then. */
    @RepeatedTest(3)
    void locksAccountsInAscendingOrderSoThatReportsNeverWaitInACircle() throws Exception {
        List<Peer> peers = Stream.generate(() -> world.peer(World.GIB)).limit(8).toList();
        List<LedgerEntry> entries = IntStream.range(0, peers.size())
                .mapToObj(i -> fixture.entry(peers.get(i), peers.get((i + 1) % peers.size()), i))
                .toList();
        long lowest = peers.stream().mapToLong(Peer::id).min().orElseThrow();
        String others = peers.stream()
                .map(Peer::id)
                .filter(id -> id != lowest)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        try (Connection blocker = world.postgres().superuser();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .executeQuery("select from reputation.total where account_id = %d for update".formatted(lowest));
            Future<Redemption> post = pool.submit(() -> fixture.redeem(peers.getFirst(), entries));
            waitForBlockedBackend();
            assertThat(world.numbers(
                            "select account_id from reputation.total where account_id in (%s) for update skip locked"
                                    .formatted(others)))
                    .as("accounts above the one that is waited for, still free")
                    .hasSize(peers.size() - 1);
            blocker.rollback();
            assertThat(seen(post.get(60, TimeUnit.SECONDS)).values()).containsOnly(new Seen(State.CREDITED, true));
        }
    }

    @Test
    void leavesNothingBehindWhenTheConnectionDiesBetweenInsertAndCommit() throws Exception {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 0, 5);
        try (Connection blocker = world.postgres().superuser();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .executeQuery(
                            "select from reputation.total where account_id = %d for update".formatted(receiver.id()));
            Future<Redemption> doomed = pool.submit(() -> fixture.redeem(sender, entries));
            int victim = waitForBlockedBackend(); // its receipt rows are in, its balances wait for ours
            world.sql("select pg_terminate_backend(%d)".formatted(victim));
            assertThatThrownBy(() -> doomed.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DataAccessException.class);
            blocker.rollback();
        }
        assertThat(world.number("select count(*) from receipt.receipt_key where receiver_id = " + receiver.id()))
                .isZero();
        assertThat(world.up(sender)).isZero();

        Redemption again = fixture.redeem(sender, entries);
        assertThat(seen(again).values()).containsOnly(new Seen(State.CREDITED, true));
        assertThat(world.up(sender)).isEqualTo(5 * MIB);
    }

    private static void insert(Connection connection, LedgerEntry entry) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into receipt_key (instance_id, torrent_id, receiver_id, piece_index, sender_id, bytes, row_hash)
                values (?, ?, ?, ?, ?, 1, sha256('r'))""")) {
            statement.setBytes(1, World.INSTANCE.bytes().toArray());
            statement.setBytes(2, entry.torrent().bytes().toArray());
            statement.setLong(3, entry.receiver().accountId());
            statement.setLong(4, entry.receipt().index().value());
            statement.setLong(5, entry.sender().accountId());
            statement.execute();
        }
    }

    private int waitForBlockedBackend() throws InterruptedException, SQLException {
        for (int i = 0; i < 3000; i++) {
            List<Long> blocked = world.numbers("""
                    select pid from pg_stat_activity
                     where datname = current_database() and usename = 'receipt_app' and wait_event_type = 'Lock'""");
            if (!blocked.isEmpty()) {
                return blocked.getFirst().intValue();
            }
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(10).toMillis());
        }
        throw new AssertionError("no ledger transaction waits");
    }

    private static <T> List<T> all(List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : pool.invokeAll(work)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
