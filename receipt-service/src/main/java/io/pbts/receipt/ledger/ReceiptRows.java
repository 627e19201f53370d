package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * The receipts: keys and rows come in and never change. The primary key of the keys decides which of two racing receipts was
 * first; it spans all months, the rows lie in partitions.
 */
@Component
class ReceiptRows {
    private static final String INSERT = """
            with posted as (
                select n.* from unnest(:torrents, :receivers, :downloads, :indexes, :senders, :amounts, :rowHashes, :kinds,
                        :forms, :infoHashes, :senderKeys, :receiverKeys, :pieceHashes, :times, :evidence, :digests)
                    with ordinality as n (torrent_id, receiver_id, download, piece_index, sender_id, bytes, row_hash, kind,
                        form, info_hash, sender_key, receiver_key, piece_hash, signed_at, evidence, signed_digest, ordinal)),
            fresh as (
                insert into receipt_key (instance_id, torrent_id, receiver_id, download, piece_index, sender_id, bytes,
                                         row_hash)
                select :instance, p.torrent_id, p.receiver_id, p.download, p.piece_index, p.sender_id, p.bytes, p.row_hash
                  from posted p order by p.ordinal
                on conflict (instance_id, torrent_id, receiver_id, download, piece_index) do nothing
                returning receipt_seq, accepted_at, torrent_id, receiver_id, download, piece_index, sender_id, bytes,
                          row_hash),
            rows as (
                insert into receipt (receipt_seq, accepted_at, kind, form, info_hash, sender_key, receiver_key, piece_hash,
                                     signed_at, evidence, signed_digest)
                select f.receipt_seq, f.accepted_at, p.kind, p.form, p.info_hash, p.sender_key, p.receiver_key,
                       p.piece_hash, p.signed_at, p.evidence, p.signed_digest
                  from fresh f join posted p using (torrent_id, receiver_id, download, piece_index))
            select receipt_seq, torrent_id, receiver_id, download, piece_index, sender_id, bytes, row_hash from fresh""";
    private static final String STATES = """
            select k.torrent_id, k.receiver_id, k.download, k.piece_index, k.receipt_seq, k.row_hash,
                   c.receipt_seq is not null as credited
              from unnest(:torrents, :receivers, :downloads, :indexes)
                   as n (torrent_id, receiver_id, download, piece_index)
              join receipt_key k on k.instance_id = :instance and k.torrent_id = n.torrent_id
                   and k.receiver_id = n.receiver_id and k.download = n.download and k.piece_index = n.piece_index
              left join credit c on c.receipt_seq = k.receipt_seq""";

    /** What a credit needs to know of a receipt's row. */
    record StoredReceipt(long receiptSeq, long sender, long receiver, long bytes, ReceiptRowHash rowHash) {}

    private final JdbcClient jdbc;

    ReceiptRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts these entries, which are in key order, and returns those that were not there before. */
    Map<LedgerKey, StoredReceipt> insert(InstanceId instance, List<LedgerEntry> entries) {
        Map<LedgerKey, StoredReceipt> inserted = new HashMap<>();
        List<LedgerRow> rows =
                entries.stream().map(entry -> entry.row(instance)).toList();
        List<Receipt> receipts = entries.stream().map(LedgerEntry::receipt).toList();
        named(jdbc.sql(INSERT), instance, entries.stream().map(LedgerEntry::key).toList())
                .param("senders", numbers(entries, entry -> entry.sender().accountId()))
                .param("amounts", numbers(entries, LedgerEntry::bytes))
                .param("rowHashes", bytes(rows, row -> row.hash().bytes()))
                .param("kinds", array("text", rows, row -> row.kind().wireName()))
                .param(
                        "forms",
                        array("text", entries, entry -> entry.evidence().form().wireName()))
                .param("infoHashes", bytes(receipts, receipt -> receipt.infoHash()
                        .bytes()))
                .param("senderKeys", bytes(receipts, receipt -> receipt.sender().bytes()))
                .param("receiverKeys", bytes(receipts, receipt -> receipt.receiver()
                        .bytes()))
                .param("pieceHashes", bytes(receipts, receipt -> receipt.pieceHash()
                        .bytes()))
                .param("times", numbers(receipts, Receipt::timestamp))
                .param("evidence", bytes(entries, entry -> entry.evidence().bytes()))
                .param("digests", bytes(rows, LedgerRow::signedBytesHash))
                .query((row, _) -> inserted.put(key(row), stored(row)))
                .list();
        return inserted;
    }

    /** The rows of those of these keys that were redeemed before. */
    Map<LedgerKey, Row> find(InstanceId instance, Collection<LedgerKey> keys) {
        Map<LedgerKey, Row> found = new HashMap<>();
        named(jdbc.sql(STATES), instance, keys)
                .query((row, _) -> found.put(
                        key(row),
                        new Row(
                                row.getBoolean("credited") ? State.CREDITED : State.HELD,
                                row.getLong("receipt_seq"),
                                ReceiptRowHash.ofBytes(row.getBytes("row_hash")))))
                .list();
        return found;
    }

    private static StatementSpec named(StatementSpec statement, InstanceId instance, Collection<LedgerKey> keys) {
        return statement
                .param("instance", instance.bytes().toArray())
                .param("torrents", bytes(keys, key -> key.torrent().bytes()))
                .param("receivers", numbers(keys, LedgerKey::receiver))
                .param("downloads", array("integer", keys, LedgerKey::download))
                .param("indexes", numbers(keys, LedgerKey::index));
    }

    static StoredReceipt stored(ResultSet row) throws SQLException {
        return new StoredReceipt(
                row.getLong("receipt_seq"),
                row.getLong("sender_id"),
                row.getLong("receiver_id"),
                row.getLong("bytes"),
                ReceiptRowHash.ofBytes(row.getBytes("row_hash")));
    }

    static <T> SqlArrayValue numbers(Collection<T> rows, Function<T, Long> column) {
        return array("bigint", rows, column);
    }

    static <T> SqlArrayValue bytes(Collection<T> rows, Function<T, Bytes> column) {
        Object[] values = rows.stream().map(row -> column.apply(row).toArray()).toArray(byte[][]::new);
        return new SqlArrayValue("bytea", values);
    }

    private static <T> SqlArrayValue array(String type, Collection<T> rows, Function<T, ?> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    private static LedgerKey key(ResultSet row) throws SQLException {
        return new LedgerKey(
                TorrentId.ofBytes(row.getBytes("torrent_id")),
                row.getLong("receiver_id"),
                row.getInt("download"),
                row.getLong("piece_index"));
    }
}
