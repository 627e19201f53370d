package io.pbts.contract.settlement;

import io.pbts.protocol.merkle.EpochRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Settlements by their number. That each begins where the one before it ended is a foreign key and a check, so two that
 * are planned at once cannot both be stored.
 */
@Repository
class Settlements {
    /** What settlements up to a number carry together. */
    record Sums(long settlements, long receipts, BigInteger bytes) {}

    private static final String SELECT = """
            select s.seq, s.root, s.to_position, s.submission_id, s.state in ('mined', 'final') as on_chain, s.adopted,
                s.planned_at
            from settlement s\s""";
    private static final String INSERT = """
            insert into settlement (seq, root, previous_position, from_position, to_position, receipt_count, byte_count,
                submission_id, state, planned_at)
            values (:seq, :root, :previous, :from, :to, :receipts, :bytes, :submission, 'planned', :now)""";
    private static final String FOLLOW = """
            update settlement s set state = b.stage
            from (select submission_id, case state when 'queued' then 'planned' else state end as stage from submission) b
            where b.submission_id = s.submission_id and b.stage <> 'failed' and s.state <> b.stage""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Settlements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
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
    void plan(Optional<Settlement> last, Epoch epoch, long submission) {
        jdbc.sql(INSERT)
                .param("seq", last.map(Settlement::seq).orElse(0L) + 1)
                .param("root", epoch.root().bytes().toArray())
                .param("previous", last.map(Settlement::toPosition).orElse(null), java.sql.Types.BIGINT)
                .param("from", epoch.fromPosition())
                .param("to", epoch.toPosition())
                .param("receipts", epoch.receiptCount())
                .param("bytes", new BigDecimal(epoch.byteCount()))
                .param("submission", submission)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Brings every settlement to where the submission that carries it is. */
    void follow() {
        jdbc.sql(FOLLOW).update();
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

    Sums sumsUpTo(long seq) {
        return jdbc.sql("""
                        select count(*) as settlements, coalesce(sum(receipt_count), 0) as receipts,
                            coalesce(sum(byte_count), 0) as bytes
                        from settlement where seq <= :seq""")
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
                row.getLong("to_position"),
                row.getLong("submission_id"),
                row.getBoolean("on_chain"),
                row.getBoolean("adopted"),
                row.getObject("planned_at", OffsetDateTime.class).toInstant());
    }
}
