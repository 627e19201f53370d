package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of its own, killed with -9 while it stands at each place where a death could lose or double a settlement: inside
 * the transaction that would record what was just done. Once each, five times when tests may be long.
 */
class CrashPointsTest extends ServiceOnAChain {
    private static final Logger LOG = LoggerFactory.getLogger(CrashPointsTest.class);
    private static final int ROUNDS = Boolean.getBoolean("pbts.long") ? 5 : 1;

    /** Where it is killed. */
    private enum Point {
        /** Credits were read from the feed; neither they nor the cursor are kept. */
        AFTER_COPY(7_100_001, "after insert on contract.credit_item for each row"),
        /** An epoch was cut; neither plan nor call are kept. */
        AFTER_PLAN(7_100_002, "after insert on contract.settlement for each row"),
        /** Nonce and signed bytes are written and not kept; nobody has seen them. */
        AFTER_SIGN(7_100_003, "after insert on contract.chain_transaction for each row"),
        /** The node has the bytes; that it has them is not kept. */
        AFTER_SEND(7_100_004, """
                after update on contract.chain_transaction for each row
                when (new.last_broadcast is distinct from old.last_broadcast)"""),
        /** The chain has it; that it has it is not kept. */
        AFTER_MINED(7_100_005, """
                after update on contract.chain_transaction for each row
                when (old.state = 'submitted' and new.state in ('mined', 'final'))"""),
        /** The chain took it back; that it has to be sent again is not kept. */
        DURING_ROLLBACK(7_100_006, """
                after update on contract.chain_transaction for each row
                when (old.state in ('mined', 'final') and new.state = 'submitted')""");

        private final int key;
        private final String trigger;

        Point(int key, String trigger) {
            this.key = key;
            this.trigger = trigger;
        }
    }

    CrashPointsTest() {
        super("production", Map.of());
    }

    @BeforeEach
    void start() throws SQLException {
        settleAFirst(1000);
        service.close();
        superuser("create schema crash");
        superuser("""
                create function crash.pass() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
                    return null;
                end
                $$""");
        for (Point point : Point.values()) {
            superuser("create trigger crash_%d %s execute function crash.pass(%d)"
                    .formatted(point.key, point.trigger, point.key));
        }
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void settlesOnceWhereverItIsKilled() throws Exception {
        Map<Point, Integer> reached = new EnumMap<>(Point.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (Point point : Point.values()) {
                killAt(point);
                reached.merge(point, 1, Integer::sum);
            }
        }
        LOG.info("event=killed_at places={}", reached);
        assertThat(reached).hasSize(Point.values().length).allSatisfy((point, times) -> assertThat(times)
                .isEqualTo(ROUNDS));

        service = RunningService.start(settings, "production");
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.settlementLedger().lastSeq(At.LATEST))
                .isEqualTo(service.query("select count(*) from settlement", Long.class));
        assertThat(chain.nonce(service.settler()))
                .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
        assertThat(service.query("select count(*) from credit_item", Long.class))
                .isEqualTo(services.receipts());
        assertThat(service.identities().current().frozenReason()).isEmpty();
    }

    private void killAt(Point point) throws Exception {
        try (Connection gate = database.superuser();
                Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(point.key));
            services.credit("alice", "bob", 100);
            Process process = KillTest.launch(settings);
            try {
                if (point == Point.DURING_ROLLBACK) {
                    long batches = services.receipts();
                    await().atMost(SOON).until(() -> number(statement, """
                                    select coalesce(max(to_position), 0) from contract.settlement
                                    where state in ('mined', 'final')""") == batches);
                    chain.rpc("anvil_reorg", 8, List.of());
                }
                await().atMost(SOON).until(() -> number(statement, """
                        select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = %d
                        """.formatted(point.key)) > 0);
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var answer = statement.executeQuery(sql)) {
            return answer.next() ? answer.getLong(1) : 0;
        }
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
