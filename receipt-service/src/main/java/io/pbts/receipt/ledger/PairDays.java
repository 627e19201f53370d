package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.ReceiptRows.numbers;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The table of what each ordered pair of accounts has had on a day. The day is the database's, at the transaction's start. */
@Component
class PairDays {
    private static final Logger LOG = LoggerFactory.getLogger(PairDays.class);
    private static final int PRUNED_AT_ONCE = 10_000;
    private static final int MOST_BATCHES = 100;
    private static final String ADD = """
            insert into pair_day as p (day, sender_id, receiver_id, bytes)
            select (now() at time zone 'UTC')::date, n.sender_id, n.receiver_id, n.bytes
              from unnest(:senders, :receivers, :amounts) as n (sender_id, receiver_id, bytes)
             order by n.sender_id, n.receiver_id
            on conflict (day, sender_id, receiver_id) do update set bytes = p.bytes + excluded.bytes
            returning day, sender_id, receiver_id, bytes""";
    private static final String TAKE_BACK = """
            update pair_day p set bytes = p.bytes - n.bytes
              from unnest(:senders, :receivers, :amounts) as n (sender_id, receiver_id, bytes)
             where p.day = :day and p.sender_id = n.sender_id and p.receiver_id = n.receiver_id""";
    /** Yesterday's rows stay: a transaction that began before midnight may still count there. */
    private static final String PRUNE = """
            delete from pair_day where ctid = any (array(
                select d.ctid from pair_day d where d.day < (now() at time zone 'UTC')::date - 1
                 limit :limit for update skip locked))""";

    /** Who is paid and who pays. Ordered, because rows are locked in this order by everybody. */
    record Pair(long sender, long receiver) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparingLong(Pair::sender).thenComparingLong(Pair::receiver);

        static Pair of(LedgerEntry entry) {
            return new Pair(entry.sender().accountId(), entry.receiver().accountId());
        }

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A day and what it holds per pair after an addition.
     *
     * @param bytes of the pairs that were added to
     */
    record Day(LocalDate date, Map<Pair, Long> bytes) {}

    private final JdbcClient jdbc;

    PairDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds to today's rows and locks them, in ascending order of the pairs, until the transaction ends. Not for nothing. */
    Day add(SortedMap<Pair, Long> amounts) {
        Map<Pair, Long> bytes = new HashMap<>();
        LocalDate date = jdbc.sql(ADD)
                .param("senders", numbers(amounts.keySet(), Pair::sender))
                .param("receivers", numbers(amounts.keySet(), Pair::receiver))
                .param("amounts", numbers(amounts.values(), amount -> amount))
                .query((row, _) -> {
                    bytes.put(new Pair(row.getLong("sender_id"), row.getLong("receiver_id")), row.getLong("bytes"));
                    return row.getObject("day", LocalDate.class);
                })
                .list()
                .getFirst();
        return new Day(date, bytes);
    }

    /** Takes back some of what this transaction has added. */
    void takeBack(LocalDate date, Map<Pair, Long> amounts) {
        jdbc.sql(TAKE_BACK)
                .param("day", date)
                .param("senders", numbers(amounts.keySet(), Pair::sender))
                .param("receivers", numbers(amounts.keySet(), Pair::receiver))
                .param("amounts", numbers(amounts.values(), amount -> amount))
                .update();
    }

    /** Hourly, in bounded batches; replicas may do it at once. */
    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void prune() {
        try {
            for (int batch = 0; batch < MOST_BATCHES && pruneBatch(PRUNED_AT_ONCE) == PRUNED_AT_ONCE; batch++) {
                LOG.debug("event=pair_days_pruned rows={}", PRUNED_AT_ONCE);
            }
        } catch (DataAccessException later) {
            LOG.warn(
                    "event=pair_days_prune_failed cause=\"{}\"",
                    later.getClass().getSimpleName());
        }
    }

    /** Deletes at most so many rows of before yesterday, and says how many. */
    int pruneBatch(int limit) {
        return jdbc.sql(PRUNE).param("limit", limit).update();
    }
}
