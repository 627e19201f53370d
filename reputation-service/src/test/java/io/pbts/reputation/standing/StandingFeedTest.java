package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.standing.LedgerDatabase.Entry;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** T-48: a reader of the feed misses no change, whatever is in flight when a page is cut. */
class StandingFeedTest {
    private LedgerDatabase ledger;
    private Standings standings;

    @BeforeEach
    void freshDatabase() {
        ledger = LedgerDatabase.with("0.5", 1L << 40);
        standings = new Standings(JdbcClient.create(ledger.app()), Clock.systemUTC());
    }

    @Test
    void aTransactionHeldOpenAcrossACutLosesNoRow() throws SQLException {
        long sender = ledger.account(0);
        long receiver = ledger.account(0);
        long other = ledger.account(0);
        long another = ledger.account(0);
        FeedCursor cursor = readAll(FeedCursor.START, new ArrayList<>());

        try (Connection slow = ledger.as("receipt_app")) {
            slow.setAutoCommit(false);
            LedgerDatabase.applyCredit(slow, List.of(new Entry(sender, receiver, 10)));
            ledger.applyCredit(List.of(new Entry(other, another, 20)));

            Feed<Standing> meanwhile = standings.changedAfter(cursor, 100);
            assertThat(meanwhile.items())
                    .as("committed, but behind one in flight")
                    .isEmpty();
            slow.commit();
            cursor = FeedCursor.parse(meanwhile.cursor());
        }

        List<Standing> seen = new ArrayList<>();
        readAll(cursor, seen);
        assertThat(seen)
                .extracting(standing -> standing.account().value())
                .containsExactly(sender, receiver, other, another);
        assertThat(seen.getFirst().totals().up()).isEqualTo(10);
    }

    @Test
    void anOlderTransactionThatTakesALockLaterIsNotLost() throws SQLException {
        long sender = ledger.account(0);
        long receiver = ledger.account(0);
        FeedCursor cursor = readAll(FeedCursor.START, new ArrayList<>());

        try (Connection older = ledger.as("receipt_app")) {
            older.setAutoCommit(false);
            older.createStatement().execute("select pg_current_xact_id()");
            ledger.applyCredit(List.of(new Entry(sender, receiver, 10)));
            cursor = FeedCursor.parse(standings.changedAfter(cursor, 100).cursor());
            LedgerDatabase.applyCredit(older, List.of(new Entry(sender, receiver, 5)));
            cursor = FeedCursor.parse(standings.changedAfter(cursor, 100).cursor());
            older.commit();
        }

        List<Standing> seen = new ArrayList<>();
        readAll(cursor, seen);
        assertThat(seen).extracting(standing -> standing.totals().up()).containsExactly(15L, 0L);
    }

    @Test
    void pagesFollowEachOtherWithoutGapsAndSayWhenThereIsMore() {
        List<Long> accounts =
                IntStream.range(0, 7).mapToObj(_ -> ledger.account(1)).toList();

        Feed<Standing> first = standings.changedAfter(FeedCursor.START, 3);
        Feed<Standing> second = standings.changedAfter(FeedCursor.parse(first.cursor()), 3);
        Feed<Standing> third = standings.changedAfter(FeedCursor.parse(second.cursor()), 3);
        Feed<Standing> end = standings.changedAfter(FeedCursor.parse(third.cursor()), 3);

        assertThat(List.of(first.more(), second.more(), third.more(), end.more()))
                .containsExactly(true, true, false, false);
        assertThat(end.items()).isEmpty();
        assertThat(end.cursor()).isEqualTo(third.cursor());
        assertThat(IntStream.range(0, 7).mapToObj(i -> List.of(first, second, third)
                        .get(i / 3)
                        .items()
                        .get(i % 3)
                        .account()
                        .value()))
                .containsExactlyElementsOf(accounts);
    }

    @Test
    void aNewPolicySendsEveryStandingAgainAndTheSameOneNone() {
        ledger.account(1);
        ledger.account(1);
        FeedCursor cursor = readAll(FeedCursor.START, new ArrayList<>());

        ledger.policy("0.5000", 1L << 40);
        assertThat(standings.changedAfter(cursor, 100).items()).isEmpty();

        ledger.policy("0.75", 1L << 40);
        assertThat(standings.changedAfter(cursor, 100).items())
                .hasSize(2)
                .allSatisfy(standing -> assertThat(standing.minRatio()).isEqualByComparingTo("0.75"));
    }

    @Test
    void aReaderThatNeverStopsSeesTheLastStateOfEveryAccount() throws Exception {
        List<Long> accounts =
                IntStream.range(0, 6).mapToObj(_ -> ledger.account(0)).toList();
        List<Standing> seen = new ArrayList<>();
        FeedCursor cursor = FeedCursor.START;

        try (var clients = Executors.newFixedThreadPool(6)) {
            List<Future<?>> running = IntStream.range(0, 6)
                    .<Future<?>>mapToObj(client -> clients.submit(() -> credit(client, accounts)))
                    .toList();
            while (!running.stream().allMatch(Future::isDone)) {
                cursor = readAll(cursor, seen);
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        readAll(cursor, seen);

        for (long account : accounts) {
            Standing last = seen.reversed().stream()
                    .filter(standing -> standing.account().value() == account)
                    .findFirst()
                    .orElseThrow();
            assertThat(last.totals()).isEqualTo(ledger.totals(account));
            assertThat(last.totals().up()).isPositive();
        }
    }

    private Void credit(int client, List<Long> accounts) throws SQLException {
        try (Connection receipts = ledger.as("receipt_app")) {
            for (int i = 0; i < 60; i++) {
                long sender = accounts.get((client + i) % 6);
                long receiver = accounts.get((client + i + 1 + i % 5) % 6);
                LedgerDatabase.applyCredit(receipts, List.of(new Entry(sender, receiver, 10)));
            }
        }
        return null;
    }

    private FeedCursor readAll(FeedCursor from, List<Standing> seen) {
        FeedCursor cursor = from;
        Feed<Standing> page;
        do {
            page = standings.changedAfter(cursor, 2);
            seen.addAll(page.items());
            cursor = FeedCursor.parse(page.cursor());
        } while (page.more());
        return cursor;
    }
}
