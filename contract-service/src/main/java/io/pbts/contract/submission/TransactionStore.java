package io.pbts.contract.submission;

import io.pbts.contract.chain.MinedReceipt;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.protocol.hash.Keccak256;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The settler's nonces and what is signed for each. */
@Repository
class TransactionStore {
    private static final String SELECT = """
            select nonce, submission_id, purpose, signed_bytes, tx_hash, gas_limit, max_fee, max_priority_fee,
                signed_block, first_broadcast, state, block_hash
            from chain_transaction where sender = :sender and\s""";
    private static final String INSERT = """
            insert into chain_transaction (sender, nonce, submission_id, purpose, payload_hash, signed_bytes, tx_hash,
                gas_limit, max_fee, max_priority_fee, signed_at, signed_block)
            values (:sender, :nonce, :submission, :purpose, :payload_hash, :bytes, :hash, :gas, :most, :tip, :now, :block)
            """;
    private static final String ARCHIVE = """
            insert into replaced_bytes (tx_hash, sender, nonce, signed_bytes, max_fee, max_priority_fee, signed_at)
            select tx_hash, sender, nonce, signed_bytes, max_fee, max_priority_fee, signed_at
            from chain_transaction where sender = :sender and nonce = :nonce""";
    private static final String REPLACE = """
            update chain_transaction set signed_bytes = :bytes, tx_hash = :hash, max_fee = :most,
                max_priority_fee = :tip, signed_at = :now, signed_block = :block
            where sender = :sender and nonce = :nonce and state = 'submitted'""";
    private static final String REUSE = """
            update chain_transaction set submission_id = :submission, purpose = :purpose, payload_hash = :payload_hash,
                signed_bytes = :bytes, tx_hash = :hash, gas_limit = :gas, max_fee = :most, max_priority_fee = :tip,
                signed_at = :now, signed_block = :block, state = 'submitted', first_broadcast = null,
                last_broadcast = null
            where sender = :sender and nonce = :nonce and state = 'lost'""";
    private static final String UNMINE = """
            update chain_transaction set state = 'submitted', mined_hash = null, block_number = null, block_hash = null,
                succeeded = null, first_broadcast = null, last_broadcast = null, signed_block = :block,
                paid_wei = null, mined_at = null
            where sender = :sender and state in ('mined', 'final') and nonce >= :from and nonce <= :to
            returning submission_id""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final byte[] sender;

    TransactionStore(JdbcClient jdbc, Clock clock, SettlerKey settler) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.sender = settler.address().bytes().toArray();
    }

    /** The nonce after our last one; empty when we never sent anything. */
    OptionalLong nextNonce() {
        Long last = jdbc.sql("select max(nonce) from chain_transaction where sender = :sender")
                .param("sender", sender)
                .query(Long.class)
                .optional()
                .orElse(null);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last + 1);
    }

    /** Stores signed bytes under their nonce; a nonce that is taken throws {@code DuplicateKeyException}. */
    void insert(long nonce, Submission submission, Signer.Signed signed, long block) {
        assign(INSERT, nonce, submission, signed, block);
    }

    /** Puts other bytes in the place of those of a nonce and keeps the earlier ones: either may be mined. */
    void replace(long nonce, Signer.Signed signed, long block) {
        archive(nonce);
        jdbc.sql(REPLACE)
                .param("sender", sender)
                .param("nonce", nonce)
                .param("bytes", signed.bytes().toArray())
                .param("hash", signed.hash().toArray())
                .param("most", signed.fees().most())
                .param("tip", signed.fees().tip())
                .param("now", now())
                .param("block", block)
                .update();
    }

    /** Gives a nonce that somebody else used on another chain to other bytes, now that this chain waits for it. */
    void reuse(long nonce, Submission submission, Signer.Signed signed, long block) {
        archive(nonce);
        assign(REUSE, nonce, submission, signed, block);
    }

    /**
     * Whose fate can be told, now that the chain has used that many nonces: submitted ones, and mined ones that may have
     * become final.
     */
    List<ChainTransaction> openBelow(long nonce, long finalizedBlock, int limit) {
        return jdbc.sql(SELECT + """
                        nonce < :nonce
                        and (state = 'submitted' or (state = 'mined' and block_number <= :finalized))
                        order by nonce limit :limit""")
                .param("sender", sender)
                .param("nonce", nonce)
                .param("finalized", finalizedBlock)
                .param("limit", limit)
                .query((row, number) -> transaction(row))
                .list();
    }

    /** Sent never or not since that time, and not used by the chain; in the order of their nonces. */
    List<ChainTransaction> unsentFrom(long nonce, Instant notSince, int limit) {
        return jdbc.sql(SELECT + """
                        state = 'submitted' and nonce >= :nonce
                        and (last_broadcast is null or last_broadcast <= :since) order by nonce limit :limit""")
                .param("sender", sender)
                .param("nonce", nonce)
                .param("since", notSince.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> transaction(row))
                .list();
    }

    /** Recorded as mined or final, although the chain has not used that nonce. */
    List<ChainTransaction> countedFrom(long nonce, int limit) {
        return query("state in ('mined', 'final') and nonce >= :nonce order by nonce limit :limit", nonce, limit);
    }

    /** Whether a transaction stands at or above that nonce and was finalized. */
    boolean hasFinalFrom(long nonce) {
        return !query("state = 'final' and nonce >= :nonce limit :limit", nonce, 1)
                .isEmpty();
    }

    Optional<ChainTransaction> at(long nonce) {
        return query("nonce = :nonce limit :limit", nonce, 1).stream().findFirst();
    }

    /** The lowest nonce whose bytes wait to be mined. */
    OptionalLong lowestSubmitted() {
        return query("state = 'submitted' and nonce >= :nonce order by nonce limit :limit", 0, 1).stream()
                .mapToLong(ChainTransaction::nonce)
                .findFirst();
    }

    /** Every hash under which this nonce of ours may be mined, the present one first. */
    List<Bytes32> hashesOf(ChainTransaction transaction) {
        List<Bytes32> replaced = jdbc.sql(
                        "select tx_hash from replaced_bytes where sender = :sender and nonce = :nonce order by max_fee desc")
                .param("sender", sender)
                .param("nonce", transaction.nonce())
                .query((row, number) -> Bytes32.wrap(row.getBytes("tx_hash")))
                .list();
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(transaction.signed().hash()), replaced.stream())
                .toList();
    }

    void recordSent(long nonce, boolean accepted) {
        jdbc.sql("""
                update chain_transaction set last_broadcast = :now,
                    first_broadcast = case when :accepted then coalesce(first_broadcast, :now) else first_broadcast end
                where sender = :sender and nonce = :nonce""")
                .param("sender", sender)
                .param("nonce", nonce)
                .param("accepted", accepted)
                .param("now", now())
                .update();
    }

    void recordMined(long nonce, MinedReceipt receipt, boolean isFinal) {
        jdbc.sql("""
                update chain_transaction set state = :state, mined_hash = :hash, block_number = :number,
                    block_hash = :block, succeeded = :succeeded, paid_wei = :paid,
                    mined_at = case when block_hash = :block then coalesce(mined_at, :now) else :now end
                where sender = :sender and nonce = :nonce""")
                .param("sender", sender)
                .param("nonce", nonce)
                .param("state", isFinal ? "final" : "mined")
                .param("hash", receipt.transaction().toArray())
                .param("number", receipt.blockNumber())
                .param("block", receipt.blockHash().toArray())
                .param("succeeded", receipt.succeeded())
                .param("paid", new BigDecimal(receipt.paidWei()))
                .param("now", now())
                .update();
    }

    /** Back to submitted, to be sent again at once. Returns the submissions they carry. */
    List<Long> unmine(long fromNonce, long toNonce, long head) {
        return jdbc.sql(UNMINE)
                .param("sender", sender)
                .param("from", fromNonce)
                .param("to", toNonce)
                .param("block", head)
                .query(Long.class)
                .list();
    }

    /** Somebody else used the nonce, for good. */
    void recordLost(long nonce) {
        jdbc.sql("""
                update chain_transaction set state = 'lost', mined_hash = null, block_number = null, block_hash = null,
                    succeeded = null, paid_wei = null, mined_at = null
                where sender = :sender and nonce = :nonce""").param("sender", sender).param("nonce", nonce).update();
    }

    private void assign(String sql, long nonce, Submission submission, Signer.Signed signed, long block) {
        jdbc.sql(sql)
                .param("sender", sender)
                .param("nonce", nonce)
                .param("submission", submission.id())
                .param("purpose", submission.purpose().stored())
                .param("payload_hash", Keccak256.hash(submission.payload()).toArray())
                .param("bytes", signed.bytes().toArray())
                .param("hash", signed.hash().toArray())
                .param("gas", signed.gasLimit())
                .param("most", signed.fees().most())
                .param("tip", signed.fees().tip())
                .param("now", now())
                .param("block", block)
                .update();
    }

    private void archive(long nonce) {
        jdbc.sql(ARCHIVE).param("sender", sender).param("nonce", nonce).update();
    }

    private List<ChainTransaction> query(String condition, long nonce, int limit) {
        return jdbc.sql(SELECT + condition)
                .param("sender", sender)
                .param("nonce", nonce)
                .param("limit", limit)
                .query((row, number) -> transaction(row))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static ChainTransaction transaction(ResultSet row) throws SQLException {
        return new ChainTransaction(
                row.getLong("nonce"),
                row.getLong("submission_id"),
                Purpose.ofStored(row.getString("purpose")),
                new Signer.Signed(
                        Bytes.wrap(row.getBytes("signed_bytes")),
                        Bytes32.wrap(row.getBytes("tx_hash")),
                        row.getLong("gas_limit"),
                        new Fees(row.getLong("max_fee"), row.getLong("max_priority_fee"))),
                row.getLong("signed_block"),
                row.getObject("first_broadcast") != null,
                ChainTransaction.Stage.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getBytes("block_hash")).map(Bytes32::wrap));
    }
}
