package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.CrashGates;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
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
                when (old.state in ('mined', 'final') and new.state = 'submitted')"""),
        /** The chain differs from our records; that settlement is frozen is not kept. */
        DURING_RECONCILE(7_100_007, """
                after update on contract.chain_identity for each row
                when (new.frozen_reason is distinct from old.frozen_reason)"""),
        /** A key shall take the place of another; neither the call nor its number are kept. */
        AFTER_ROTATION(7_100_008, """
                after update on contract.key_publication for each row
                when (new.place > 0 and new.state = 'submitted' and old.state = 'pending')"""),
        /** The ledger has the key; that it has it is not kept. */
        AFTER_ROTATED(7_100_009, """
                after update on contract.key_publication for each row
                when (new.place > 0 and new.state = 'published' and old.state = 'submitted')""");

        private final int key;
        private final String trigger;

        Point(int key, String trigger) {
            this.key = key;
            this.trigger = trigger;
        }
    }

    private final List<Bytes> keys = new ArrayList<>();
    private CrashGates gates;

    CrashPointsTest() {
        super("production", Map.of());
    }

    @BeforeEach
    void start() {
        settleAFirst(1000);
        service.close();
        gates = new CrashGates(database);
        for (Point point : Point.values()) {
            gates.place(point.key, point.trigger);
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
        var ledger = service.settlementLedger();
        await().atMost(SOON).until(() -> ledger.keyNumberOf(Services.account("alice")) == keys.size());
        for (int number = 1; number <= keys.size(); number++) {
            assertThat(ledger.keyAt(Services.account("alice"), number)).isEqualTo(keys.get(number - 1));
        }
    }

    private void killAt(Point point) throws Exception {
        switch (point) {
            case DURING_ROLLBACK -> {
                services.credit("alice", "bob", 100);
                gates.killAt(point.key, this::launch, () -> {
                    long batches = services.receipts();
                    await().atMost(SOON).until(() -> gates.number("""
                                    select coalesce(max(to_position), 0) from contract.settlement
                                    where state in ('mined', 'final')""") == batches);
                    chain.rpc("anvil_reorg", 8, List.of());
                });
            }
            case DURING_RECONCILE -> {
                gates.superuser("update contract.settlement set byte_count = byte_count + 1 where seq = 1");
                gates.killAt(point.key, this::launch, () -> {});
                gates.superuser("update contract.settlement set byte_count = byte_count - 1 where seq = 1");
            }
            case AFTER_ROTATION, AFTER_ROTATED -> {
                keys.add(Keccak256.hash(Bytes.of(keys.size())).slice(0, 20));
                services.rotate("alice", 1024, keys);
                gates.killAt(point.key, this::launch, () -> {});
            }
            case AFTER_COPY, AFTER_PLAN, AFTER_SIGN, AFTER_SEND, AFTER_MINED -> {
                services.credit("alice", "bob", 100);
                gates.killAt(point.key, this::launch, () -> {});
            }
        }
    }

    private Process launch() throws IOException {
        return KillTest.launch(settings);
    }
}
