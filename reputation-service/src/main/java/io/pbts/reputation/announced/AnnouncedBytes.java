package io.pbts.reputation.announced;

import io.pbts.reputation.purge.Perishable;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts batches, each once: of racing repeats the database lets one count. */
@Repository
class AnnouncedBytes implements Perishable {
    private final JdbcClient jdbc;
    private final AnnouncedProperties properties;
    private final Clock clock;

    AnnouncedBytes(JdbcClient jdbc, AnnouncedProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** What an account's clients added to their counters, in bytes. */
    record Delta(long account, long up, long down) {}

    /** Whether the batch was new. Every account is in it once. */
    boolean count(UUID batch, List<Delta> deltas) {
        return jdbc.sql("select apply_announced(:batch, :accounts, :ups, :downs)")
                .param("batch", batch)
                .param("accounts", deltas.stream().mapToLong(Delta::account).toArray())
                .param("ups", deltas.stream().mapToLong(Delta::up).toArray())
                .param("downs", deltas.stream().mapToLong(Delta::down).toArray())
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean purge() {
        int deleted = jdbc.sql("""
                delete from announced_batch where batch_id in
                    (select b.batch_id from announced_batch b where b.received_at < :before
                     order by b.received_at limit :batch)
                """)
                .param("before", clock.instant().minus(properties.keepFor()).atOffset(ZoneOffset.UTC))
                .param("batch", properties.purgeBatch())
                .update();
        return deleted == properties.purgeBatch();
    }
}
