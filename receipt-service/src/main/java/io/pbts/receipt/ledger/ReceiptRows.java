package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.torrent.TorrentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The receipt table: rows come in and never change. The primary key decides which of two racing receipts was first. */
@Component
class ReceiptRows {
    private static final String INSERT = """
            insert into receipt (instance_id, torrent_id, receiver_id, piece_index, sender_id, bytes, kind, info_hash,
                                 sender_key, receiver_key, piece_hash, signed_at, signature, signed_digest, row_hash)
            select :instance, n.torrent_id, n.receiver_id, n.piece_index, n.sender_id, n.bytes, n.kind, n.info_hash,
                   n.sender_key, n.receiver_key, n.piece_hash, n.signed_at, n.signature, n.signed_digest, n.row_hash
              from unnest(:torrents, :receivers, :indexes, :senders, :amounts, :kinds, :infoHashes, :senderKeys,
                          :receiverKeys, :pieceHashes, :times, :signatures, :digests, :rowHashes) with ordinality
                   as n (torrent_id, receiver_id, piece_index, sender_id, bytes, kind, info_hash, sender_key,
                         receiver_key, piece_hash, signed_at, signature, signed_digest, row_hash, ordinal)
             order by n.ordinal
            on conflict (instance_id, torrent_id, receiver_id, piece_index) do nothing
            returning receipt_seq, torrent_id, receiver_id, piece_index, sender_id, bytes, row_hash""";
    private static final String STATES = """
            select r.torrent_id, r.receiver_id, r.piece_index, c.receipt_seq is not null as credited
              from unnest(:torrents, :receivers, :indexes) as k (torrent_id, receiver_id, piece_index)
              join receipt r on r.instance_id = :instance and r.torrent_id = k.torrent_id
                   and r.receiver_id = k.receiver_id and r.piece_index = k.piece_index
              left join credit c on c.receipt_seq = r.receipt_seq""";

    /** What a credit needs to know of a receipt's row. */
    record StoredReceipt(long receiptSeq, long sender, long receiver, long bytes, Bytes32 rowHash) {}

    private final JdbcClient jdbc;

    ReceiptRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts these entries, which are in key order, and returns those that were not there before. */
    Map<LedgerKey, StoredReceipt> insert(InstanceId instance, List<LedgerEntry> entries) {
        Map<LedgerKey, StoredReceipt> inserted = new HashMap<>();
        jdbc.sql(INSERT)
                .param("instance", instance.bytes().toArray())
                .param("torrents", bytes(entries, entry -> entry.torrent().bytes()))
                .param("receivers", numbers(entries, entry -> entry.receiver().accountId()))
                .param(
                        "indexes",
                        numbers(entries, entry -> entry.receipt().index().value()))
                .param("senders", numbers(entries, entry -> entry.sender().accountId()))
                .param("amounts", numbers(entries, LedgerEntry::bytes))
                .param(
                        "kinds",
                        array("text", entries, entry -> entry.receipt().kind().wireName()))
                .param(
                        "infoHashes",
                        bytes(entries, entry -> entry.receipt().infoHash().bytes()))
                .param(
                        "senderKeys",
                        bytes(entries, entry -> entry.receipt().sender().bytes()))
                .param(
                        "receiverKeys",
                        bytes(entries, entry -> entry.receipt().receiver().bytes()))
                .param(
                        "pieceHashes",
                        bytes(entries, entry -> entry.receipt().pieceHash().bytes()))
                .param("times", numbers(entries, entry -> entry.receipt().timestamp()))
                .param("signatures", bytes(entries, LedgerEntry::signature))
                .param("digests", bytes(entries, entry -> entry.row(instance).signedBytesHash()))
                .param(
                        "rowHashes",
                        bytes(entries, entry -> entry.row(instance).hash().bytes()))
                .query((row, _) -> inserted.put(key(row), stored(row)))
                .list();
        return inserted;
    }

    /** Where those of these keys stand that were redeemed before. */
    Map<LedgerKey, Redemption.State> states(InstanceId instance, Collection<LedgerKey> keys) {
        Map<LedgerKey, Redemption.State> states = new HashMap<>();
        jdbc.sql(STATES)
                .param("instance", instance.bytes().toArray())
                .param("torrents", bytes(keys, key -> key.torrent().bytes()))
                .param("receivers", numbers(keys, LedgerKey::receiver))
                .param("indexes", numbers(keys, LedgerKey::index))
                .query((row, _) -> states.put(
                        key(row), row.getBoolean("credited") ? Redemption.State.CREDITED : Redemption.State.HELD))
                .list();
        return states;
    }

    static StoredReceipt stored(ResultSet row) throws SQLException {
        return new StoredReceipt(
                row.getLong("receipt_seq"),
                row.getLong("sender_id"),
                row.getLong("receiver_id"),
                row.getLong("bytes"),
                Bytes32.wrap(row.getBytes("row_hash")));
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
                TorrentId.ofBytes(row.getBytes("torrent_id")), row.getLong("receiver_id"), row.getLong("piece_index"));
    }
}
