package io.pbts.receipt.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.util.List;

/** What the database says in the end. All SQL about the ledger's tables that this package asks is here. */
final class Books {
    private final World world;

    Books(World world) {
        this.world = world;
    }

    /**
     * What is stored of one torrent.
     *
     * @param rows receipts
     * @param pieces distinct pairs of receiver and piece
     * @param credits rows that say that a receipt was credited
     * @param bytes worth of the credited ones
     */
    record Stored(long rows, long pieces, long credits, long bytes) {
        static final Stored NOTHING = new Stored(0, 0, 0, 0);

        /** Each of so many receipts once, all of them credited. */
        static Stored allOnce(long receipts, long bytes) {
            return new Stored(receipts, receipts, receipts, bytes);
        }
    }

    Stored of(TestTorrent torrent) {
        return world.admin()
                .sql("""
                        select count(distinct r.receipt_seq), count(distinct (k.receiver_id, k.piece_index)),
                               count(c.receipt_seq), coalesce(sum(k.bytes) filter (where c.receipt_seq is not null), 0)
                          from receipt.receipt_key k
                          left join receipt.receipt r on r.receipt_seq = k.receipt_seq and r.accepted_at = k.accepted_at
                          left join receipt.credit c on c.receipt_seq = k.receipt_seq
                         where k.torrent_id = ?""")
                .param(torrent.torrent().id().bytes().toArray())
                .query((row, _) -> new Stored(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    long held() {
        return world.number("select count(*) from receipt.held");
    }

    /** Transactions of replicas that are not at an end, those of dead replicas included. */
    long openTransactions() {
        return world.number("""
                select count(*) from pg_stat_activity
                 where datname = current_database() and usename = 'receipt_app' and xact_start is not null""");
    }

    /** How often Postgres had to end a circle of waiting transactions. */
    long deadlocks() {
        return world.number("select deadlocks from pg_stat_database where datname = current_database()");
    }

    /** sum(up) = sum(down) = sum(credited receipts) = what the batches say. */
    void requireBalance() {
        List<Long> books = world.books();
        assertThat(books).as("up, down, receipts, batches' up, batches' down").containsOnly(books.getFirst());
    }

    void requireBalanceOf(long bytes) {
        assertThat(world.books())
                .as("up, down, receipts, batches' up, batches' down")
                .containsOnly(bytes);
    }
}
