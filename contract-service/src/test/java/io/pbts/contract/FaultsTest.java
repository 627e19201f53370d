package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.contract.testing.Services;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever node and network do: afterwards the chain's totals are the ledger's, every delta is there once, and no more was
 * spent than is allowed. A short walk through all of it in each build; a hundred reorganizations and ten minutes without a chain
 * when tests may be long.
 */
class FaultsTest extends ServiceOnAChain {
    private static final boolean LONG = Boolean.getBoolean("pbts.long");
    private static final int REORGS = LONG ? 100 : 2;
    private static final Duration OUTAGE = LONG ? Duration.ofMinutes(10) : Duration.ofSeconds(3);
    private static final int DEEPEST_REORG = 64;
    private static final Logger LOG = LoggerFactory.getLogger(FaultsTest.class);
    private static final long SEED = 20_261_128L;
    private static final long GWEI = 1_000_000_000L;
    private static final int CAP_GWEI = 200;
    private static final BigDecimal BUDGET_ETHER = new BigDecimal("5");
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final List<String> USERS = List.of("alice", "bob");

    private final Random random = new Random(SEED);

    FaultsTest() {
        super(
                "production",
                Map.of(
                        "pbts.chain.call-timeout", "1s",
                        "pbts.submission.max-fee-gwei", CAP_GWEI,
                        "pbts.submission.daily-budget-ether", BUDGET_ETHER));
    }

    @BeforeEach
    void start() {
        settleAFirst(1000);
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void everyDeltaIsThereOnceWhateverHappened() throws Exception {
        for (Fault fault : FAULTS) {
            during(fault);
        }
        feeSpike();
        outage();
        chain.rpc("anvil_mine", "0x" + Integer.toHexString(DEEPEST_REORG));
        int deepest = 0;
        for (int time = 0; time < REORGS; time++) {
            int depth = 1 + random.nextInt(DEEPEST_REORG);
            reorganization(depth);
            deepest = Math.max(deepest, depth);
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));

        for (String user : USERS) {
            var account = service.wrapper()
                    .getAccount(Services.account(user).bytes().toArray())
                    .send();
            assertThat(account.settledUp.longValueExact()).isEqualTo(services.up(user));
            assertThat(account.settledDown.longValueExact()).isEqualTo(services.down(user));
        }
        assertThat(service.settlementLedger().lastSeq(At.LATEST))
                .isEqualTo(service.query("select count(*) from settlement", Long.class));
        assertThat(chain.nonce(service.settler()))
                .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
        assertThat(service.identities().current().frozenReason()).isEmpty();
        assertThat(service.query("select max(max_fee) from chain_transaction", Long.class))
                .isLessThanOrEqualTo(CAP_GWEI * GWEI);
        assertThat(service.query("select sum(paid_wei) from chain_transaction", BigDecimal.class))
                .isPositive()
                .isLessThanOrEqualTo(BUDGET_ETHER.movePointRight(18));
        LOG.info(
                "event=faults_survived faults={} reorganizations={} deepest={} outage={} receipts={} settlements={} transactions={}",
                FAULTS.size() - 1,
                REORGS,
                deepest,
                OUTAGE,
                services.receipts(),
                service.query("select count(*) from settlement", Long.class),
                service.query("select count(*) from chain_transaction", Long.class));
    }

    private void during(Fault fault) {
        network.fail(fault);
        credit();
        await().pollDelay(Duration.ofMillis(1500)).atMost(SOON).until(() -> true);
        network.fail(Fault.NONE);
        settled();
    }

    /** Takes back what was settled last, and what is on its way. */
    private void reorganization(int depth) {
        credit();
        chain.rpc("anvil_reorg", depth, List.of());
        settled();
    }

    /** Nobody answers while receipts go on coming; the tracker goes on, and everything is settled afterwards. */
    private void outage() {
        network.fail(Fault.CUT);
        long end = System.nanoTime() + OUTAGE.toNanos();
        await().atMost(OUTAGE.plus(SOON)).pollInterval(Duration.ofMillis(500)).until(() -> {
            credit();
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
            return System.nanoTime() > end;
        });
        network.fail(Fault.NONE);
        settled();
    }

    /** From 1 to 500 gwei, which is above the cap; it falls by an eighth a block while we wait. */
    private void feeSpike() {
        network.fail(Fault.SENDING_LOST);
        credit();
        await().pollDelay(Duration.ofMillis(800)).atMost(SOON).until(() -> true);
        chain.rpc("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(500 * GWEI));
        network.fail(Fault.NONE);
        settled();
        chain.rpc("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(GWEI));
    }

    private void credit() {
        boolean up = random.nextBoolean();
        services.credit(up ? "alice" : "bob", up ? "bob" : "alice", 1 + random.nextInt(1000));
    }

    private void settled() {
        await().atMost(SOON).until(() -> service.hasSettledAll(services));
    }
}
