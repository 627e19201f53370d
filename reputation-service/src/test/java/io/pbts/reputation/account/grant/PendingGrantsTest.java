package io.pbts.reputation.account.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.QuietPostgres;
import io.pbts.reputation.account.grant.PendingGrants.PendingGrant;
import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Replicas share the wallets that wait: each is one replica's until its next look. */
class PendingGrantsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration RETRY = Duration.ofSeconds(10);
    private final TestPostgres database = QuietPostgres.create();

    @BeforeEach
    void twentyWalletsWait() throws Exception {
        Flyway.configure()
                .dataSource(database.url(), "reputation_owner", TestPostgres.PASSWORD)
                .schemas("reputation")
                .createSchemas(false)
                .load()
                .migrate();
        try (Connection superuser = database.superuser()) {
            superuser.createStatement().execute("set search_path = reputation");
            superuser.createStatement().execute("""
                    insert into account (user_id, chain_account, registered_at)
                    select 'w' || n, sha256(n::text::bytea), now() from generate_series(1, 20) n;
                    insert into total (account_id, grant_state) select account_id, 'pending' from account;
                    insert into pending_grant (account_id, address, next_look)
                    select account_id, substr(chain_account, 1, 20), '2026-11-20T12:00:00Z' from account;
                    """);
        }
    }

    private PendingGrants at(Instant time) {
        var source = new DriverManagerDataSource(database.url(), "reputation_app", TestPostgres.PASSWORD);
        return new PendingGrants(JdbcClient.create(source), Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void whatAnotherReplicaIsTakingIsLeftToItWithoutWaiting() throws Exception {
        try (Connection other = database.connect("reputation_app")) {
            other.setAutoCommit(false);
            var theirs = new PendingGrants(
                            JdbcClient.create(new SingleConnectionDataSource(other, true)),
                            Clock.fixed(NOON, ZoneOffset.UTC))
                    .take(8, RETRY);
            var ours = at(NOON).take(20, RETRY);
            other.commit();

            assertThat(theirs).hasSize(8);
            assertThat(ours).hasSize(12).doesNotContainAnyElementsOf(theirs);
            assertThat(at(NOON).take(20, RETRY)).isEmpty();
        }
    }

    @Test
    void aBatchIsBoundedAndWhatWasTakenComesAgainAfterTheWait() {
        assertThat(at(NOON).take(7, RETRY)).hasSize(7);
        assertThat(at(NOON).take(100, RETRY)).hasSize(13);
        assertThat(at(NOON.plusSeconds(9)).take(100, RETRY)).isEmpty();
        assertThat(at(NOON.plusSeconds(10)).take(100, RETRY)).hasSize(20);
        assertThat(at(NOON.minusSeconds(1)).take(100, RETRY)).isEmpty();
    }

    @Test
    void ofRacingDecisionsOneCounts() throws Exception {
        PendingGrant grant = at(NOON).take(1, RETRY).getFirst();
        var start = new CyclicBarrier(8);
        int decided = 0;
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = IntStream.range(0, 8)
                    .mapToObj(replica -> replicas.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return at(NOON).decide(grant.account(), replica % 2 == 0 ? 1L << 30 : 0);
                    }))
                    .toList();
            for (var replica : running) {
                decided += replica.get() ? 1 : 0;
            }
        }
        assertThat(decided).isEqualTo(1);
        try (Connection superuser = database.superuser();
                var row = superuser.createStatement().executeQuery("""
                        select count(*) from reputation.total where grant_state <> 'pending'
                            and (grant_state = 'granted') = (credit > 0)""")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }
}
