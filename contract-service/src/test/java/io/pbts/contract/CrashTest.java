package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.FaultyNetwork.Fault;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The points at which a crash could lose or double something: every one of them is between a commit and the chain. */
class CrashTest extends ServiceOnAChain {
    CrashTest() {
        super("production", Map.of());
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
    void sendsTheStoredBytesAfterACrashBetweenCommitAndBroadcast() {
        network.fail(Fault.SENDING_LOST);
        services.credit("bob", "alice", 500);
        await().atMost(SOON).until(() -> waiting() == 1);
        Bytes32 signed = newestHash();
        service.close();
        network.fail(Fault.NONE);

        service = RunningService.start(settings, "production");
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(newestHash()).isEqualTo(signed);
        assertThat(chain.rpc("eth_getTransactionReceipt", signed.toHexString())
                        .get("status")
                        .asString())
                .isEqualTo("0x1");
        assertThat(service.settlementLedger().lastSeq(At.LATEST)).isEqualTo(2);
        assertThat(chain.nonce(service.settler())).isEqualTo(nonces());
    }

    @Test
    void countsOnceWhenTheAnswerOfABroadcastWasLostAndTheProcessDied() {
        network.fail(Fault.ANSWER_LOST);
        services.credit("bob", "alice", 500);
        await().atMost(SOON).until(() -> service.settlementLedger().lastSeq(At.LATEST) == 2);
        service.close();
        network.fail(Fault.NONE);

        service = RunningService.start(settings, "production");
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.settlementLedger().lastSeq(At.LATEST)).isEqualTo(2);
        assertThat(chain.nonce(service.settler())).isEqualTo(nonces());
    }

    @Test
    void drainsTheBacklogAfterWhateverTheNetworkDid() {
        for (Fault fault : new Fault[] {Fault.CUT, Fault.OVERLOADED, Fault.TRUNCATED}) {
            network.fail(fault);
            services.credit("alice", "bob", 100);
            await().atMost(SOON).until(() -> !connected());
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
            network.fail(Fault.NONE);
            await().atMost(SOON).until(() -> connected() && service.hasSettledAll(services));
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(chain.nonce(service.settler())).isEqualTo(nonces());
    }

    @Test
    void twoReplicasSettleOnceTogether() {
        try (RunningService replica = RunningService.start(settings, "production")) {
            for (int i = 1; i <= 6; i++) {
                services.credit("alice", "bob", i);
                await().atMost(SOON).until(() -> replica.hasSettledAll(services));
            }
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(chain.nonce(service.settler())).isEqualTo(nonces());
    }

    private boolean connected() {
        return service.get("/contract/status").body().get("connected").asBoolean();
    }

    private long waiting() {
        return service.query("select count(*) from chain_transaction where state = 'submitted'", Long.class);
    }

    private long nonces() {
        return service.query("select count(*) from chain_transaction", Long.class);
    }

    private Bytes32 newestHash() {
        return Bytes32.wrap(
                service.query("select tx_hash from chain_transaction order by nonce desc limit 1", byte[].class));
    }
}
