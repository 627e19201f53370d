package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static io.pbts.receipt.ledger.LedgerFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.ledger.LedgerFixture.Seen;
import io.pbts.receipt.ledger.Redemption.Outcome.OverPairCap;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Five pieces a day from one sender to one receiver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairCapTest {
    private static final int CAP = 5;
    private static final Seen CREDITED = new Seen(State.CREDITED, true);

    private World world;
    private LedgerFixture fixture;

    @BeforeAll
    void start() {
        world = World.create();
        fixture = new LedgerFixture(world, 16, 1, DataSize.ofMegabytes(CAP)); // one attempt: a deadlock is a failure
    }

    @AfterAll
    void stop() {
        fixture.close();
        world.close();
    }

    @Test
    void takesTheLastByteOfTheDaysShareAndStoresNothingBeyondIt() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 0, CAP + 1);
        Redemption done = fixture.redeem(sender, entries);
        assertThat(entries.subList(0, CAP))
                .allMatch(entry -> CREDITED.equals(seen(done).get(entry.key())));
        assertThat(done.outcomes().get(entries.getLast().key())).isEqualTo(new OverPairCap(midnight()));
        assertThat(had(sender, receiver)).isEqualTo(CAP * MIB);
        assertThat(stored(receiver)).isEqualTo(CAP);
        assertThat(world.up(sender)).isEqualTo(CAP * MIB);

        try (var larger = new LedgerFixture(world, 1, 1, DataSize.ofBytes(CAP * MIB + MIB - 1))) {
            assertThat(only(larger.redeem(sender, List.of(entries.getLast())))).isEqualTo(Seen.OVER_PAIR_CAP);
        }
        try (var larger = new LedgerFixture(world, 1, 1, DataSize.ofBytes(CAP * MIB + MIB))) {
            assertThat(only(larger.redeem(sender, List.of(entries.getLast())))).isEqualTo(CREDITED);
        }
        assertThat(world.books()).containsOnly(world.books().getFirst());
    }

    @Test
    void countsEachPairAndEachDirectionByItself() {
        Peer left = world.peer(World.GIB);
        Peer right = world.peer(World.GIB);
        Peer third = world.peer(World.GIB);
        List<LedgerEntry> entries = new ArrayList<>(fixture.entries(left, right, 0, CAP));
        entries.addAll(fixture.entries(right, left, 0, CAP));
        entries.addAll(fixture.entries(third, right, CAP, 2 * CAP));
        Collections.shuffle(entries, new Random(1));
        assertThat(seen(fixture.redeem(left, entries)).values()).containsOnly(CREDITED);
    }

    @Test
    void judgesInReportOrderWhatStillFits() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = new ArrayList<>(fixture.entries(sender, receiver, 0, 8));
        Collections.reverse(entries);
        Redemption done = fixture.redeem(sender, entries);
        assertThat(entries.subList(0, CAP))
                .allMatch(entry -> CREDITED.equals(seen(done).get(entry.key())));
        assertThat(entries.subList(CAP, 8))
                .allMatch(entry -> Seen.OVER_PAIR_CAP.equals(seen(done).get(entry.key())));
    }

    @Test
    void chargesARepeatNothingAndAnswersItAsOneAlsoWhenThePairHasHadItsShare() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 0, CAP - 1);
        fixture.redeem(sender, entries);
        fixture.redeem(sender, entries);
        assertThat(had(sender, receiver)).isEqualTo((CAP - 1) * MIB);
        // Four repeats, one that fits and one that does not: over the cap only because of the last.
        Redemption done = fixture.redeem(sender, fixture.entries(sender, receiver, 0, CAP + 1));
        assertThat(entries).allMatch(entry -> new Seen(State.CREDITED, false)
                .equals(seen(done).get(entry.key())));
        assertThat(seen(done).get(fixture.entry(sender, receiver, CAP - 1).key()))
                .isEqualTo(CREDITED);
        assertThat(seen(done).get(fixture.entry(sender, receiver, CAP).key())).isEqualTo(Seen.OVER_PAIR_CAP);
        assertThat(had(sender, receiver)).isEqualTo(CAP * MIB);
    }

    @Test
    void chargesAPieceThatAnotherSenderWasPaidForToNobody() {
        Peer first = world.peer(World.GIB);
        Peer second = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        fixture.redeem(first, fixture.entries(first, receiver, 0, 3));
        fixture.redeem(second, fixture.entries(second, receiver, 0, 4));
        assertThat(had(second, receiver)).isEqualTo(MIB);
    }

    @Test
    void countsWhatIsHeld() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        world.admin()
                .sql("update reputation.total set down = ? where account_id = ?")
                .params(2 * World.OVERDRAFT, newcomer.id())
                .update();
        Redemption done = fixture.redeem(sender, fixture.entries(sender, newcomer, 0, CAP + 2));
        assertThat(seen(done).values().stream().filter(new Seen(State.HELD, true)::equals))
                .hasSize(CAP);
        assertThat(had(sender, newcomer)).isEqualTo(CAP * MIB);
        world.admin()
                .sql("update reputation.total set down = 0 where account_id = ?")
                .param(newcomer.id())
                .update();
    }

    @Test
    void letsItBeSentAgainAfterMidnight() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 0, CAP + 1);
        fixture.redeem(sender, entries);
        world.admin()
                .sql("update receipt.pair_day set day = day - 1 where receiver_id = ?")
                .param(receiver.id())
                .update();
        assertThat(only(fixture.redeem(sender, List.of(entries.getLast())))).isEqualTo(CREDITED);
        assertThat(had(sender, receiver)).isEqualTo(MIB);
    }

    @Test
    void givesTheLastRoomToOneOfTwoReportsThatRaceForIt() throws Exception {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        fixture.redeem(sender, fixture.entries(sender, receiver, 0, CAP - 1));
        try (Connection other = world.postgres().connect("receipt_app");
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("""
                    update receipt.pair_day set bytes = bytes + %d where sender_id = %d and receiver_id = %d""".formatted(
                            MIB, sender.id(), receiver.id())); // the other report has counted, and not committed yet
            Future<Redemption> waiting =
                    pool.submit(() -> fixture.redeem(sender, fixture.entries(sender, receiver, CAP - 1, CAP)));
            waitForBlockedBackend();
            other.commit();
            assertThat(only(waiting.get(60, TimeUnit.SECONDS))).isEqualTo(Seen.OVER_PAIR_CAP);
        }
        assertThat(stored(receiver)).isEqualTo(CAP - 1);
    }

    @Test
    void neverExceedsTheCapHoweverManyReportAtOnceInBothDirections() throws Exception {
        Peer left = world.peer(World.GIB);
        Peer right = world.peer(World.GIB);
        List<Callable<Redemption>> posts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            List<LedgerEntry> some = new ArrayList<>(fixture.entries(left, right, 2 * i, 2 * i + 2));
            some.addAll(fixture.entries(right, left, 2 * i, 2 * i + 2));
            Collections.shuffle(some, new Random(i));
            posts.add(() -> fixture.redeem(left, some));
        }
        List<Seen> outcomes = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Redemption> done : pool.invokeAll(posts)) {
                outcomes.addAll(seen(done.get()).values());
            }
        }
        assertThat(outcomes.stream().filter(CREDITED::equals)).hasSize(2 * CAP);
        assertThat(world.up(left)).isEqualTo(CAP * MIB);
        assertThat(world.up(right)).isEqualTo(CAP * MIB);
        assertThat(had(left, right)).isEqualTo(CAP * MIB);
        assertThat(had(right, left)).isEqualTo(CAP * MIB);
        assertThat(world.books()).containsOnly(world.books().getFirst());
    }

    @Test
    void locksPairsInAscendingOrderSoThatReportsNeverWaitInACircle() throws Exception {
        Peer first = world.peer(World.GIB);
        Peer second = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        fixture.redeem(first, fixture.entries(first, receiver, 0, 1));
        fixture.redeem(second, fixture.entries(second, receiver, 1, 2));
        List<LedgerEntry> backwards = List.of(fixture.entry(second, receiver, 3), fixture.entry(first, receiver, 2));
        try (Connection other = world.postgres().connect("receipt_app");
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            lock(other, first);
            Future<Redemption> post = pool.submit(() -> fixture.redeem(first, backwards));
            waitForBlockedBackend();
            lock(other, second); // free, or this is a deadlock
            other.rollback();
            assertThat(seen(post.get(60, TimeUnit.SECONDS)).values()).containsOnly(CREDITED);
        }
    }

    @Test
    void forgetsDaysBeforeYesterdayInBoundedBatches() {
        world.admin().sql("""
                insert into receipt.pair_day (day, sender_id, receiver_id, bytes)
                select (now() at time zone 'UTC')::date - d, 900000 + n, 800000, 1
                  from generate_series(0, 3) d, generate_series(1, 5) n""").update();
        PairDays days = new PairDays(JdbcClient.create(world.as("receipt_app")));
        assertThat(days.pruneBatch(7)).isEqualTo(7);
        assertThat(days.pruneBatch(7)).isEqualTo(3);
        assertThat(days.pruneBatch(7)).isZero();
        assertThat(world.number("select count(*) from receipt.pair_day where receiver_id = 800000"))
                .as("today's and yesterday's")
                .isEqualTo(10);
        days.prune();
    }

    private static void lock(Connection connection, Peer sender) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeQuery(
                    "select from receipt.pair_day where sender_id = %d for update".formatted(sender.id()));
        }
    }

    private void waitForBlockedBackend() throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            if (world.number("""
                    select count(*) from pg_stat_activity
                     where datname = current_database() and usename = 'receipt_app' and wait_event_type = 'Lock'""") > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("no ledger transaction waits");
    }

    private Instant midnight() {
        LocalDate today = world.admin()
                .sql("select (now() at time zone 'UTC')::date")
                .query(LocalDate.class)
                .single();
        return today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private long had(Peer sender, Peer receiver) {
        return world.number("""
                select bytes from receipt.pair_day
                 where sender_id = %d and receiver_id = %d and day = (now() at time zone 'UTC')::date""".formatted(sender.id(), receiver.id()));
    }

    private long stored(Peer receiver) {
        return world.number("select count(*) from receipt.receipt_key where receiver_id = " + receiver.id());
    }

    private static Seen only(Redemption done) {
        assertThat(done.outcomes()).hasSize(1);
        return seen(done).values().iterator().next();
    }
}
