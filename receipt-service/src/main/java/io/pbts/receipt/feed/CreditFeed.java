package io.pbts.receipt.feed;

import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Committed batches in the order of the transactions that wrote them. Stops before the oldest transaction still in flight, so
 * that no batch commits behind a cursor that was handed out.
 */
@Component
class CreditFeed {
    private static final String PAGE = """
            select batch_seq, created_xid::text::bigint as transaction, receipt_count, rows_root
              from credit_batch
             where (created_xid, batch_seq) > (cast(cast(:transaction as text) as xid8), :key)
               and created_xid < pg_snapshot_xmin(pg_current_snapshot())
             order by created_xid, batch_seq
             limit :limit""";
    private static final String DELTAS = """
            select batch_seq, chain_account, up, down from batch_delta
             where batch_seq = any (:batches) order by batch_seq, chain_account""";

    private final JdbcClient jdbc;
    private final FeedProperties properties;

    CreditFeed(JdbcClient jdbc, FeedProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** What a batch moved for one account, in bytes. */
    record Delta(String chainAccount, long up, long down) {}

    /** A batch of credited receipts. */
    record Batch(long batchSeq, int receiptCount, String rowsRoot, List<Delta> deltas) {}

    /** The batches behind a cursor, at most {@code limit} or what the settings allow. */
    Feed<Batch> after(FeedCursor cursor, int limit) {
        int size = Math.clamp(limit, 1, properties.page());
        List<Row> rows = jdbc.sql(PAGE)
                .param("transaction", String.valueOf(cursor.transaction()))
                .param("key", cursor.key())
                .param("limit", size + 1)
                .query((row, _) -> new Row(
                        new FeedCursor(row.getLong("transaction"), row.getLong("batch_seq")),
                        row.getInt("receipt_count"),
                        hex(row.getBytes("rows_root"))))
                .list();
        List<Row> page = rows.subList(0, Math.min(size, rows.size()));
        Map<Long, List<Delta>> deltas = page.isEmpty() ? Map.of() : deltas(page);
        FeedCursor next = page.isEmpty() ? cursor : page.getLast().position();
        List<Batch> batches = page.stream()
                .map(row -> new Batch(
                        row.position().key(),
                        row.receiptCount(),
                        row.rowsRoot(),
                        deltas.getOrDefault(row.position().key(), List.of())))
                .toList();
        return new Feed<>(next.equals(FeedCursor.START) ? "" : next.wire(), batches, rows.size() > size);
    }

    private Map<Long, List<Delta>> deltas(List<Row> page) {
        Map<Long, List<Delta>> deltas = new HashMap<>();
        jdbc.sql(DELTAS)
                .param(
                        "batches",
                        new SqlArrayValue(
                                "bigint",
                                page.stream().map(row -> row.position().key()).toArray()))
                .query((row, _) -> deltas.computeIfAbsent(row.getLong("batch_seq"), _ -> new ArrayList<>())
                        .add(new Delta(hex(row.getBytes("chain_account")), row.getLong("up"), row.getLong("down"))))
                .list();
        return deltas;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private record Row(FeedCursor position, int receiptCount, String rowsRoot) {}
}
