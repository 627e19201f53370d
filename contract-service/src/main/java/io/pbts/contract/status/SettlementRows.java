package io.pbts.contract.status;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.EpochRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Settlements and waiting transactions as they are shown. */
@Repository
class SettlementRows {
    private static final String EPOCHS = """
            select s.seq, s.root, s.from_position, s.to_position, s.part, s.complete, s.receipt_count, s.byte_count,
                s.account_count, s.state, s.planned_at, coalesce(t.mined_hash, t.tx_hash) as hash, t.block_number, t.paid_wei,
                l.contract, l.contract_seq
            from settlement s join settlement_in_ledger l on l.seq = s.seq
            left join chain_transaction t on t.submission_id = s.submission_id and t.state <> 'lost'\s""";
    private static final String PENDING = """
            select b.submission_id, b.purpose, b.state, b.asked_at, t.nonce, t.tx_hash, t.gas_limit, t.max_fee,
                t.max_priority_fee, t.first_broadcast, t.last_broadcast, t.block_number,
                (select count(*) from replaced_bytes r where r.sender = t.sender and r.nonce = t.nonce) as raised
            from submission b
            left join chain_transaction t on t.submission_id = b.submission_id and t.state <> 'lost'
            where b.state in ('queued', 'submitted', 'mined') order by b.submission_id limit :limit""";

    /**
     * A settlement and the transaction that carries it.
     *
     * @param contractSeq its number in that contract, which may not be our first
     */
    record Row(
            long seq,
            EthereumAddress contract,
            long contractSeq,
            EpochRoot root,
            long fromPosition,
            long toPosition,
            int part,
            boolean complete,
            long receipts,
            BigInteger bytes,
            OptionalInt accounts,
            String state,
            Instant plannedAt,
            Optional<Bytes32> transaction,
            OptionalLong block,
            Optional<BigInteger> paidWei) {}

    /**
     * What was asked of the chain and is not final.
     *
     * @param signed what was signed for it; absent while it has no nonce
     */
    record Pending(long submission, String purpose, String state, Instant askedAt, Optional<SignedRow> signed) {}

    /** Never the bytes themselves. */
    record SignedRow(
            long nonce,
            Bytes32 hash,
            long gasLimit,
            long maxFee,
            long maxTip,
            int raised,
            Optional<Instant> firstSent,
            Optional<Instant> lastSent,
            OptionalLong block) {}

    private final JdbcClient jdbc;

    SettlementRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, of those before that number. */
    List<Row> before(long seq, int limit) {
        return jdbc.sql(EPOCHS + "where s.seq < :seq order by s.seq desc limit :limit")
                .param("seq", seq)
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    Optional<Row> find(long seq) {
        return jdbc.sql(EPOCHS + "where s.seq = :seq")
                .param("seq", seq)
                .query((row, number) -> row(row))
                .optional();
    }

    /** The oldest first. */
    List<Pending> pending(int limit) {
        return jdbc.sql(PENDING)
                .param("limit", limit)
                .query((row, number) -> new Pending(
                        row.getLong("submission_id"),
                        row.getString("purpose"),
                        row.getString("state"),
                        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                        row.getObject("nonce") == null ? Optional.empty() : Optional.of(signed(row))))
                .list();
    }

    private static SignedRow signed(ResultSet row) throws SQLException {
        return new SignedRow(
                row.getLong("nonce"),
                Bytes32.wrap(row.getBytes("tx_hash")),
                row.getLong("gas_limit"),
                row.getLong("max_fee"),
                row.getLong("max_priority_fee"),
                row.getInt("raised"),
                time(row, "first_broadcast"),
                time(row, "last_broadcast"),
                number(row, "block_number"));
    }

    private static Row row(ResultSet row) throws SQLException {
        OptionalLong accounts = number(row, "account_count");
        return new Row(
                row.getLong("seq"),
                new EthereumAddress(Bytes.wrap(row.getBytes("contract"))),
                row.getLong("contract_seq"),
                new EpochRoot(Bytes32.wrap(row.getBytes("root"))),
                row.getLong("from_position"),
                row.getLong("to_position"),
                row.getInt("part"),
                row.getBoolean("complete"),
                row.getLong("receipt_count"),
                row.getBigDecimal("byte_count").toBigIntegerExact(),
                accounts.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) accounts.getAsLong()),
                row.getString("state"),
                row.getObject("planned_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getBytes("hash")).map(Bytes32::wrap),
                number(row, "block_number"),
                Optional.ofNullable(row.getBigDecimal("paid_wei")).map(BigDecimal::toBigIntegerExact));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
