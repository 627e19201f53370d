package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.testing.CrashGates;
import io.pbts.contract.testing.Services;
import io.pbts.support.testing.TestKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of its own, killed with -9 at each place of a move from a ledger to the next one. {@link SuccessionTest} restarts at
 * two of them in each build.
 */
@Tag("long")
class SuccessionCrashTest extends ServiceOnAChain {
    private static final Logger LOG = LoggerFactory.getLogger(SuccessionCrashTest.class);

    /** Where it is killed, in the order in which a move comes there. */
    private enum Point {
        /** The successor is on the chain; that it is there is not kept. */
        CREATED(7_200_001, "after update on contract.succession for each row when (new.state = 'draining')"),
        /** The old ledger is drained; that it was left is not kept. */
        LEFT(7_200_002, """
                after update on contract.chain_identity for each row
                when (new.settlement is distinct from old.settlement)"""),
        /** Accounts shall be copied; neither the call nor whom it names are kept. */
        COPY_ASKED(7_200_003, """
                after update on contract.history_account for each row
                when (new.state = 'submitted' and old.state = 'found')"""),
        /** The successor has them; that it has them is not kept. */
        COPIED(7_200_004, """
                after update on contract.history_account for each row
                when (new.state = 'copied' and old.state = 'found')""");

        private final int key;
        private final String trigger;

        Point(int key, String trigger) {
            this.key = key;
            this.trigger = trigger;
        }
    }

    SuccessionCrashTest() {
        super("production", Map.of());
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void movesOnceWhereverItIsKilled() throws Exception {
        settleAFirst(1000);
        service.post(
                "/api/v1/chain/successor",
                "{}",
                TestKeys.token("gateway", "contract").asAdmin());
        service.close();
        CrashGates gates = new CrashGates(database);
        for (Point point : Point.values()) {
            gates.place(point.key, point.trigger);
        }
        for (Point point : Point.values()) {
            services.credit("alice", "bob", 100);
            gates.killAt(point.key, () -> KillTest.launch(settings), () -> {});
            LOG.info("event=killed_at place={}", point);
        }

        service = RunningService.start(settings, "production");
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from succession where state = 'done'", Long.class))
                .isEqualTo(1);
        assertThat(chain.nonce(service.settler()))
                .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
        for (String user : List.of("alice", "bob")) {
            var account = service.settlementLedger().account(Services.account(user), At.LATEST);
            assertThat(account.source()).isEqualTo(Source.LOCAL);
            assertThat(account.settledUp().longValueExact()).isEqualTo(services.up(user));
            assertThat(account.settledDown().longValueExact()).isEqualTo(services.down(user));
        }
        assertThat(service.identities().current().frozenReason()).isEmpty();
    }
}
