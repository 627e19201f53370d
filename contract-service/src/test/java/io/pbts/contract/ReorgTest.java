package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.testing.FaultyNetwork.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A chain that takes back what it said. Afterwards its totals are the ledger's again, with every delta once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReorgTest extends ServiceOnAChain {
    private static final String OTHER_ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    ReorgTest() {
        super("production", Map.of());
    }

    @BeforeAll
    void start() {
        settleAFirst(1000);
    }

    @AfterAll
    void stop() {
        end();
    }

    @AfterEach
    void converges() {
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.identities().current().frozenReason()).isEmpty();
        assertThat(service.query("select count(*) from settlement", Long.class))
                .isEqualTo(service.settlementLedger().lastSeq(At.LATEST));
    }

    @Test
    void settlesAgainWhatAReorganizationTookBack() {
        for (int depth : new int[] {1, 3, 8}) {
            credit(10L * depth);
            credit(depth);
            chain.rpc("anvil_reorg", depth, List.of());
        }
    }

    @Test
    void sendsAgainWhatThePoolForgot() {
        chain.rpc("evm_setIntervalMining", 0);
        services.credit("alice", "bob", 77);
        await().atMost(SOON)
                .until(() -> service.query(
                                "select count(*) from chain_transaction where state = 'submitted' and first_broadcast is not null",
                                Long.class)
                        == 1);
        byte[] hash = service.query("select tx_hash from chain_transaction where state = 'submitted'", byte[].class);
        chain.rpc(
                "anvil_dropTransaction",
                org.apache.tuweni.bytes.Bytes.wrap(hash).toHexString());
        chain.rpc("evm_setIntervalMining", 1);
    }

    @Test
    void catchesUpWithAChainThatCameBackOlder() {
        String older = chain.dumpState();
        credit(333);
        credit(334);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        chain.restartWith(older);
        assertThat(service.settlementLedger().totals(At.LATEST).settledUp().longValueExact())
                .isLessThan(services.bytes());
    }

    @Test
    void rebuildsAnEmptyChainAtTheSameAddresses() {
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        ChainIdentity before = service.identities().current();
        chain.restartEmpty();
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));

        ChainIdentity after = service.identities().current();
        assertThat(after.settlement()).isEqualTo(before.settlement());
        assertThat(after.factory()).isEqualTo(before.factory());
        assertThat(after.genesisHash()).isNotEqualTo(before.genesisHash());
        credit(5);
    }

    @Test
    void takesAnotherNonceWhenSomebodyElseUsedOurs() {
        network.fail(Fault.SENDING_LOST);
        services.credit("alice", "bob", 55);
        await().atMost(SOON)
                .until(() ->
                        service.query("select count(*) from chain_transaction where state = 'submitted'", Long.class)
                                == 1);
        long used = chain.nonce(service.settler());
        chain.rpc("eth_sendTransaction", Map.of("from", service.settler(), "to", OTHER_ACCOUNT, "value", "0x1"));
        await().atMost(SOON).until(() -> chain.nonce(service.settler()) > used);
        network.fail(Fault.NONE);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from chain_transaction where state = 'lost'", Long.class))
                .isPositive();
    }

    @Test
    void fillsTheNonceThatOnlyThePastHad() {
        takesAnotherNonceWhenSomebodyElseUsedOurs();
        chain.restartEmpty();
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
    }

    private void credit(long bytes) {
        services.credit("alice", "bob", bytes);
        await().atMost(SOON).until(() -> service.hasSettledAll(services));
    }
}
