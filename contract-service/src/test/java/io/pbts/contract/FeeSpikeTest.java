package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.FaultyNetwork.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeeSpikeTest extends ServiceOnAChain {
    private static final long GWEI = 1_000_000_000L;
    private static final int CAP = 120;

    FeeSpikeTest() {
        super("production", Map.of("pbts.submission.max-fee-gwei", CAP));
    }

    @BeforeEach
    void start() {
        settleAFirst(1);
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void raisesTheFeeOfWhatWasSignedTooCheapAndStillSettlesOnce() {
        network.fail(Fault.SENDING_LOST);
        services.credit("alice", "bob", 2);
        await().atMost(SOON)
                .until(() ->
                        service.query("select count(*) from chain_transaction where state = 'submitted'", Long.class)
                                == 1);
        baseFee(50);
        network.fail(Fault.NONE);

        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from replaced_bytes", Long.class))
                .isPositive();
        assertThat(service.query("""
                select count(*) from chain_transaction t join replaced_bytes r using (sender, nonce)
                where t.max_fee * 8 < r.max_fee * 9""", Long.class)).isZero();
        assertThat(chain.nonce(service.settler()))
                .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
    }

    @Test
    void waitsAboveTheCapAndPaysNoMore() {
        baseFee(500);
        services.credit("alice", "bob", 3);
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .until(() -> !service.hasSettledAll(services));
        baseFee(1);

        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select max(max_fee) from chain_transaction", Long.class))
                .isLessThanOrEqualTo(CAP * GWEI);
    }

    /** Of the next block; without transactions it falls by an eighth a block. */
    private void baseFee(long gwei) {
        chain.rpc("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(gwei * GWEI));
    }
}
