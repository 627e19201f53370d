package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Settlements by their number. That each begins where the one before it ended is a foreign key and a check, so two that
 * are planned at once cannot both be stored.
 */
@Repository
class Settlements {
    /** What settlements carry together. */
    record Sums(long settlements, long receipts, BigInteger bytes) {}

    private static final String SELECT = """
            select s.seq, s.root, s.from_position, s.to_position, s.part, s.complete, s.account_count, s.submission_id,
                s.state in ('mined', 'final') as on_chain, s.adopted, s.planned_at
            from settlement s\s""";
    private static final String INSERT = """
            insert into settlement (seq, root, previous_position, previous_part, from_position, to_position, part, complete,
                receipt_count, byte_count, account_count, submission_id, state, planned_at)
            values (:seq, :root, :previous, :previous_part, :from, :to, :part, :complete, :receipts, :bytes, :accounts,
                :submission, 'planned', :now)""";
    private static final String CUT_AGAIN = """
            update settlement set root = :root, complete = :complete, byte_count = :bytes, account_count = :accounts,
                submission_id = :submission, state = 'planned'
            where seq = :seq""";
    private static final String INSERT_DELTA = """
            insert into settlement_delta (seq, chain_account, up, down) values (?, ?, ?, ?)""";
    private static final String CARRIED = """
            select d.chain_account, d.up, d.down from settlement_delta d join settlement s on s.seq = d.seq
            where s.to_position = :to and s.part < :part""";
    private static final String FOLLOW = """
            update settlement s set state = b.stage
            from (select submission_id, case state when 'queued' then 'planned' else state end as stage from submission) b
            where b.submission_id = s.submission_id and b.stage <> 'failed' and s.state <> b.stage
            returning s.state""";

    private final JdbcClient jdbc;
    private final JdbcTemplate rows;
    private final Clock clock;

    Settlements(JdbcClient jdbc, JdbcTemplate rows, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.clock = clock;
    }

    Optional<Settlement> find(long seq) {
        return jdbc.sql(SELECT + "where s.seq = :seq")
                .param("seq", seq)
                .query((row, number) -> settlement(row))
                .optional();
    }

    Optional<Settlement> last() {
        return jdbc.sql(SELECT + "order by s.seq desc limit 1")
                .query((row, number) -> settlement(row))
                .optional();
    }

    /** Those whose transaction does not say what became of them: it failed. */
    List<Settlement> unexplained() {
        return jdbc.sql(SELECT + """
                        join submission b on b.submission_id = s.submission_id
                        where b.state = 'failed' order by s.seq limit 64""").query((row, number) -> settlement(row)).list();
    }

    /** The next one; a number or a batch that is taken throws {@code DuplicateKeyException}. */
    void plan(Optional<Settlement> last, Epoch.Part part, long submission) {
        long seq = last.map(Settlement::seq).orElse(0L) + 1;
        jdbc.sql(INSERT)
                .param("seq", seq)
                .param("root", part.root().bytes().toArray())
                .param("previous", last.map(Settlement::toPosition).orElse(null), Types.BIGINT)
                .param("previous_part", last.map(Settlement::part).orElse(null), Types.INTEGER)
                .param("from", part.fromPosition())
                .param("to", part.toPosition())
                .param("part", part.number())
                .param("complete", part.isLast())
                .param("receipts", part.receiptCount())
                .param("bytes", new BigDecimal(part.byteCount()))
                .param("accounts", part.sums().size())
                .param("submission", submission)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        keepDeltas(seq, part);
    }

    /** Another cut of the same part, which nobody was sent yet. */
    void cutAgain(Settlement settlement, Epoch.Part part, long submission) {
        jdbc.sql(CUT_AGAIN)
                .param("seq", settlement.seq())
                .param("root", part.root().bytes().toArray())
                .param("complete", part.isLast())
                .param("bytes", new BigDecimal(part.byteCount()))
                .param("accounts", part.sums().size())
                .param("submission", submission)
                .update();
        jdbc.sql("delete from settlement_delta where seq = :seq")
                .param("seq", settlement.seq())
                .update();
        keepDeltas(settlement.seq(), part);
    }

    /** What the parts before that one carry of the epoch that ends there. */
    List<AccountSum> carried(long toPosition, int beforePart) {
        return jdbc.sql(CARRIED)
                .param("to", toPosition)
                .param("part", beforePart)
                .query((row, number) -> new AccountSum(
                        ChainAccount.ofBytes(row.getBytes("chain_account")), row.getLong("up"), row.getLong("down")))
                .list();
    }

    /** What is a whole epoch is the sum of its batches, and is not stored again. */
    private void keepDeltas(long seq, Epoch.Part part) {
        if (part.isWhole()) {
            return;
        }
        rows.batchUpdate(INSERT_DELTA, part.sums(), part.sums().size(), (PreparedStatement row, AccountSum sum) -> {
            row.setLong(1, seq);
            row.setBytes(2, sum.account().bytes().toArray());
            row.setLong(3, sum.up());
            row.setLong(4, sum.down());
        });
    }

    /** Brings every settlement to where the submission that carries it is. Returns the states that some have reached by it. */
    List<String> follow() {
        return jdbc.sql(FOLLOW).query(String.class).list();
    }

    /** The ledger has it, although the submission we know of failed. */
    void adopt(Settlement settlement) {
        jdbc.sql("update settlement set adopted = true, state = 'mined' where seq = :seq")
                .param("seq", settlement.seq())
                .update();
    }

    /** The ledger does not have it: another submission carries it now. */
    void carryBy(Settlement settlement, long submission) {
        jdbc.sql("""
                update settlement set adopted = false, submission_id = :submission, state = 'planned'
                where seq = :seq""")
                .param("seq", settlement.seq())
                .param("submission", submission)
                .update();
    }

    /** Adopted ones up to this number are where the chain cannot take them back. */
    void finalizeAdopted(long seq) {
        jdbc.sql("update settlement set state = 'final' where adopted and state = 'mined' and seq <= :seq")
                .param("seq", seq)
                .update();
    }

    /** Of those after that one, up to the other. */
    Sums sumsOf(long after, long seq) {
        return jdbc.sql("""
                        select count(*) as settlements, coalesce(sum(receipt_count), 0) as receipts,
                            coalesce(sum(byte_count), 0) as bytes
                        from settlement where seq > :after and seq <= :seq""")
                .param("after", after)
                .param("seq", seq)
                .query((row, number) -> new Sums(
                        row.getLong("settlements"),
                        row.getLong("receipts"),
                        row.getObject("bytes", BigDecimal.class).toBigIntegerExact()))
                .single();
    }

    private static Settlement settlement(ResultSet row) throws SQLException {
        return new Settlement(
                row.getLong("seq"),
                new EpochRoot(Bytes32.wrap(row.getBytes("root"))),
                row.getLong("from_position"),
                row.getLong("to_position"),
                row.getInt("part"),
                row.getBoolean("complete"),
                row.getObject("account_count") == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(row.getInt("account_count")),
                row.getLong("submission_id"),
                row.getBoolean("on_chain"),
                row.getBoolean("adopted"),
                row.getObject("planned_at", OffsetDateTime.class).toInstant());
    }
}
