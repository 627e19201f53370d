package io.pbts.receipt.statement;

import io.pbts.support.FeedCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Batches that moved something for an account, in the order of their transactions, and all rows of a batch. */
@Repository
class StatementRows {
    private static final String BATCHES = """
            select b.batch_seq, b.created_xid::text::bigint as transaction, b.rows_root
              from credit_batch b join batch_delta d on d.batch_seq = b.batch_seq and d.account_id = :account
             where (b.created_xid, b.batch_seq) > (cast(cast(:transaction as text) as xid8), :key)
               and b.created_xid < pg_snapshot_xmin(pg_current_snapshot())
             order by b.created_xid, b.batch_seq
             limit :limit""";
    private static final String ROWS = """
            select k.receipt_seq, k.torrent_id, k.piece_index, k.bytes, k.sender_id, k.receiver_id, k.row_hash,
                   s.chain_account as sender, d.chain_account as receiver,
                   r.kind, r.form, r.signed_at, r.signed_digest, sha256(r.evidence) as evidence_hash
              from credit c
              join receipt_key k on k.receipt_seq = c.receipt_seq
              join batch_delta s on s.batch_seq = c.batch_seq and s.account_id = k.sender_id
              join batch_delta d on d.batch_seq = c.batch_seq and d.account_id = k.receiver_id
              left join receipt r on r.receipt_seq = k.receipt_seq and r.accepted_at = k.accepted_at
             where c.batch_seq = :batch
             order by k.receipt_seq""";

    /** A batch and where it stands among all. */
    record Batch(FeedCursor position, String rowsRoot) {
        long number() {
            return position.key();
        }
    }

    /**
     * A row; all bytes in hexadecimal digits.
     *
     * @param signed absent when the month that the receipt lies in was archived
     */
    record Row(
            long sequence,
            String torrent,
            long index,
            long bytes,
            long senderId,
            long receiverId,
            String sender,
            String receiver,
            Bytes32 hash,
            @Nullable Signed signed) {
        boolean isOf(long account) {
            return senderId == account || receiverId == account;
        }
    }

    /** What was signed, by its hashes. */
    record Signed(String kind, String form, long signedAt, String signedBytesHash, String evidenceHash) {}

    private final JdbcClient jdbc;

    StatementRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Batch> batches(long account, FeedCursor after, int limit) {
        return jdbc.sql(BATCHES)
                .param("account", account)
                .param("transaction", String.valueOf(after.transaction()))
                .param("key", after.key())
                .param("limit", limit)
                .query((row, _) -> new Batch(
                        new FeedCursor(row.getLong("transaction"), row.getLong("batch_seq")), hex(row, "rows_root")))
                .list();
    }

    List<Row> rows(long batch) {
        return jdbc.sql(ROWS)
                .param("batch", batch)
                .query((row, _) -> new Row(
                        row.getLong("receipt_seq"),
                        hex(row, "torrent_id"),
                        row.getLong("piece_index"),
                        row.getLong("bytes"),
                        row.getLong("sender_id"),
                        row.getLong("receiver_id"),
                        hex(row, "sender"),
                        hex(row, "receiver"),
                        Bytes32.wrap(row.getBytes("row_hash")),
                        row.getString("kind") == null ? null : signed(row)))
                .list();
    }

    private static Signed signed(ResultSet row) throws SQLException {
        return new Signed(
                row.getString("kind"),
                row.getString("form"),
                row.getLong("signed_at"),
                hex(row, "signed_digest"),
                hex(row, "evidence_hash"));
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }
}
