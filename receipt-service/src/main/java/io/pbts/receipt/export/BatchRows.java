package io.pbts.receipt.export;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.epoch.EpochCertificate;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Reads batches back from the ledger. */
@Repository
class BatchRows {
    private static final String FIELDS = """
            k.receipt_seq, k.torrent_id, k.piece_index, k.bytes, r.kind, r.form, r.info_hash, r.sender_key, r.receiver_key,
                r.piece_hash, r.signed_at, r.evidence, r.signed_digest, r.accepted_at""";
    private static final String ROWS = """
            select %s, s.chain_account as sender_account, d.chain_account as receiver_account
              from credit c
              join receipt_key k on k.receipt_seq = c.receipt_seq
              join receipt r on r.receipt_seq = k.receipt_seq and r.accepted_at = k.accepted_at
              join batch_delta s on s.batch_seq = c.batch_seq and s.account_id = k.sender_id
              join batch_delta d on d.batch_seq = c.batch_seq and d.account_id = k.receiver_id
             where c.batch_seq = :batch
             order by k.receipt_seq""".formatted(FIELDS);
    /** Rows of one report have one time of acceptance. Whose accounts they are is no matter here. */
    private static final String ELSEWHERE = """
            select %s, decode(repeat('00', 32), 'hex') as sender_account, decode(repeat('00', 32), 'hex') as receiver_account
              from receipt r
              join receipt_key k on k.receipt_seq = r.receipt_seq
             where r.accepted_at = :accepted and r.form = 'aggregate' and r.evidence = :aggregate
               and not exists (select 1 from credit c where c.receipt_seq = r.receipt_seq and c.batch_seq = :batch)
             order by k.receipt_seq""".formatted(FIELDS);

    private static final String MEMBERS = """
            select receiver_key, signed_bytes from aggregate_member where aggregate_hash = :aggregate order by place""";
    private static final String CERTIFICATES = """
            select certificate, signature from session_certificate
             where fingerprint = any (:fingerprints) order by fingerprint""";

    /** A receipt that an aggregate was made with. */
    record Member(AccountKey.Bls receiver, Bytes signedBytes) {}

    private final JdbcClient jdbc;

    BatchRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many rows a batch has; empty when there is none of that number. */
    Optional<Integer> size(long batch) {
        return jdbc.sql("select receipt_count from credit_batch where batch_seq = :batch")
                .param("batch", batch)
                .query(Integer.class)
                .optional();
    }

    /** Rows of a batch, as far as their months are still here. */
    List<StoredReceipt> rows(long batch) {
        return jdbc.sql(ROWS)
                .param("batch", batch)
                .query((row, _) -> receipt(row))
                .list();
    }

    /** What came in the same report, under the same aggregate, and is no row of this batch. */
    List<StoredReceipt> elsewhere(long batch, StoredReceipt one) {
        return jdbc.sql(ELSEWHERE)
                .param("batch", batch)
                .param("accepted", one.acceptedAt())
                .param("aggregate", one.evidence().bytes().toArray())
                .query((row, _) -> receipt(row))
                .list();
    }

    /** What was signed into an aggregate and became no row, at least when the aggregate was first reported. */
    List<Member> members(Bytes32 aggregate) {
        return jdbc.sql(MEMBERS)
                .param("aggregate", aggregate.toArray())
                .query((row, _) -> new Member(
                        new AccountKey.Bls(Bytes.wrap(row.getBytes("receiver_key"))),
                        Bytes.wrap(row.getBytes("signed_bytes"))))
                .list();
    }

    List<EpochCertificate> certificates(Collection<Bytes32> fingerprints) {
        Object[] values = fingerprints.stream().map(Bytes::toArray).toArray(byte[][]::new);
        return jdbc.sql(CERTIFICATES)
                .param("fingerprints", new SqlArrayValue("bytea", values))
                .query((row, _) -> new EpochCertificate(
                        Bytes.wrap(row.getBytes("certificate")), Bytes.wrap(row.getBytes("signature"))))
                .list();
    }

    private static StoredReceipt receipt(ResultSet row) throws SQLException {
        return new StoredReceipt(
                row.getLong("receipt_seq"),
                TorrentId.ofBytes(row.getBytes("torrent_id")),
                ChainAccount.ofBytes(row.getBytes("sender_account")),
                ChainAccount.ofBytes(row.getBytes("receiver_account")),
                ReceiptKind.ofWireName(row.getString("kind")).orElseThrow(),
                new InfoHash(Bytes.wrap(row.getBytes("info_hash"))),
                Bytes.wrap(row.getBytes("sender_key")),
                Bytes.wrap(row.getBytes("receiver_key")),
                new PieceIndex(row.getLong("piece_index")),
                row.getLong("bytes"),
                PieceHash.ofBytes(row.getBytes("piece_hash")),
                row.getLong("signed_at"),
                new Evidence(
                        SignatureForm.ofWireName(row.getString("form")).orElseThrow(),
                        Bytes.wrap(row.getBytes("evidence"))),
                Bytes32.wrap(row.getBytes("signed_digest")),
                row.getObject("accepted_at", OffsetDateTime.class));
    }
}
