package io.pbts.receipt.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import io.pbts.support.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CreditFeedTest {
    private World world;
    private CreditFeed feed;
    private Peer sender;
    private Peer receiver;
    private int piece;

    @BeforeEach
    void start() {
        world = World.create();
        sender = world.peer(World.GIB);
        receiver = world.peer(World.GIB);
        feed = new CreditFeed(
                JdbcClient.create(world.as("receipt_app")), new FeedProperties(1000, Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void handsOutEachBatchOnceInTheOrderOfItsTransaction() throws SQLException {
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Connection connection = begin()) {
                written.add(writeBatch(connection));
                connection.commit();
            }
        }
        assertThat(read(2)).isEqualTo(written);
    }

    @Test
    void tellsTheMovementOfEachBatchByAccountOnChain() throws SQLException {
        try (Connection connection = begin()) {
            writeBatch(connection);
            connection.commit();
        }
        Feed<CreditFeed.Batch> page = feed.after(FeedCursor.START, 10);
        CreditFeed.Batch batch = page.items().getFirst();
        assertThat(page.more()).isFalse();
        assertThat(batch.receiptCount()).isEqualTo(1);
        assertThat(batch.rowsRoot()).isEqualTo("07".repeat(32));
        assertThat(batch.deltas())
                .containsExactlyInAnyOrder(
                        new CreditFeed.Delta(sender.account().chainAccount().hex(), 100, 0),
                        new CreditFeed.Delta(receiver.account().chainAccount().hex(), 0, 100));
    }

    /** T-48: a transaction stays open across a cut; its rows must come later and not never. */
    @Test
    void losesNoBatchOfATransactionThatWasOpenAcrossACut() throws SQLException {
        List<Long> read = new ArrayList<>();
        long slow;
        FeedCursor cursor;
        try (Connection open = begin()) {
            slow = writeBatch(open); // has its transaction id and its number, and is not committed
            try (Connection quick = begin()) {
                writeBatch(quick);
                quick.commit();
            }
            Feed<CreditFeed.Batch> during = feed.after(FeedCursor.START, 10);
            assertThat(during.items())
                    .as("nothing behind the open transaction is final")
                    .isEmpty();
            cursor = FeedCursor.parse(during.cursor());
            open.commit();
        }
        feed.after(cursor, 10).items().forEach(batch -> read.add(batch.batchSeq()));
        assertThat(read).containsExactly(slow, slow + 1);
    }

    @Test
    void staysWhereItIsWhenThereIsNothingNew() throws SQLException {
        assertThat(feed.after(FeedCursor.START, 10).cursor()).isEmpty();
        try (Connection connection = begin()) {
            writeBatch(connection);
            connection.commit();
        }
        String cursor = feed.after(FeedCursor.START, 10).cursor();
        Feed<CreditFeed.Batch> again = feed.after(FeedCursor.parse(cursor), 10);
        assertThat(again.items()).isEmpty();
        assertThat(again.cursor()).isEqualTo(cursor);
    }

    @Test
    void refusesACursorThatItNeverHandedOut() {
        assertThatThrownBy(() -> FeedCursor.parse("yesterday")).isInstanceOf(Refusal.class);
    }

    @Test
    void countsCreditedAndHeldReceipts() throws SQLException {
        try (Connection connection = begin()) {
            writeBatch(connection);
            connection.commit();
        }
        world.admin()
                .sql("insert into receipt.held (receipt_seq, receiver_id) values (9999, ?)")
                .param(receiver.id())
                .update();
        var count = new LedgerCount(
                JdbcClient.create(world.as("receipt_app")), new FeedProperties(10, Duration.ofSeconds(2)));
        assertThat(count.redeemed()).isEqualTo(2);
    }

    private List<Long> read(int limit) {
        List<Long> read = new ArrayList<>();
        FeedCursor cursor = FeedCursor.START;
        Feed<CreditFeed.Batch> page;
        do {
            page = feed.after(cursor, limit);
            page.items().forEach(batch -> read.add(batch.batchSeq()));
            cursor = FeedCursor.parse(page.cursor());
        } while (page.more());
        return read;
    }

    private Connection begin() throws SQLException {
        Connection connection = world.postgres().connect("receipt_app");
        connection.setAutoCommit(false);
        return connection;
    }

    private long writeBatch(Connection connection) throws SQLException {
        String row = """
                insert into receipt_key (instance_id, torrent_id, receiver_id, piece_index, sender_id, bytes, row_hash)
                values (sha256('i'), sha256('t'), %d, %d, %d, 100, sha256('r'))
                returning receipt_seq""".formatted(receiver.id(), piece++, sender.id());
        try (var statement = connection.createStatement()) {
            long receipt = number(statement.executeQuery(row));
            long batch = number(statement.executeQuery("""
                    insert into credit_batch (receipt_count, rows_root)
                    values (1, decode(repeat('07', 32), 'hex')) returning batch_seq"""));
            statement.execute("insert into credit values (%d, %d)".formatted(receipt, batch));
            statement.execute("""
                    insert into batch_delta select %d, account_id, chain_account,
                        case account_id when %d then 100 else 0 end, case account_id when %d then 100 else 0 end
                      from reputation.standing_of(array[%d, %d])""".formatted(batch, sender.id(), receiver.id(), sender.id(), receiver.id()));
            return batch;
        }
    }

    private static long number(java.sql.ResultSet row) throws SQLException {
        row.next();
        return row.getLong(1);
    }
}
