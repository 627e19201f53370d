package io.pbts.contract.status;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Credited bytes that the chain does not have. Summed at most once in two seconds, whoever asks. */
@Repository
class Backlog {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final String WAITING = """
            with done as (
                select coalesce(max(to_position), 0) as position from settlement
                where complete and state in ('mined', 'final'))
            select count(*) as batches, coalesce(sum(i.receipt_count), 0) as receipts, min(i.pulled_at) as oldest,
                coalesce((select sum(d.up) from credit_delta d join credit_item w on w.batch_seq = d.batch_seq
                        where w.position > (select position from done)), 0)
                - coalesce((select sum(s.byte_count) from settlement s
                        where s.to_position > (select position from done) and s.state in ('mined', 'final')), 0)
                as bytes
            from credit_item i where i.position > (select position from done)""";

    /**
     * What waits.
     *
     * @param oldest when the oldest of it was learned of
     */
    record Waiting(long batches, long receipts, BigInteger bytes, Optional<Instant> oldest) {}

    private record Summed(Waiting waiting, Instant at) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Summed last;

    Backlog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Waiting now() {
        Instant now = clock.instant();
        Summed summed = last;
        if (summed == null || !now.isBefore(summed.at().plus(FRESH))) {
            summed = new Summed(sum(), now);
            last = summed;
        }
        return summed.waiting();
    }

    /** How long the oldest of it has waited; zero when nothing waits. */
    Duration age() {
        return now().oldest()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    private Waiting sum() {
        return jdbc.sql(WAITING)
                .query((row, number) -> new Waiting(
                        row.getLong("batches"),
                        row.getLong("receipts"),
                        row.getObject("bytes", BigDecimal.class).toBigIntegerExact(),
                        Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .single();
    }
}
