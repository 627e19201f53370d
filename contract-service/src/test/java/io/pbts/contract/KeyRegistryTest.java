package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Keccak256;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever has the ledger's address finds who signs for an account. */
class KeyRegistryTest extends ServiceOnAChain {
    private static final ChainAccount ALICE = Services.account("alice");
    private static final Bytes SECOND = blsLike("second");
    private static final Bytes THIRD = blsLike("third");

    KeyRegistryTest() {
        super("production", Map.of());
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void everyKeyIsReadableUnderItsNumberAfterRotationsAndARestart() {
        settleAFirst(1000);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(ledger().keyAt(ALICE, 0)).isEqualTo(Services.firstKey("alice"));
            assertThat(ledger().keyAt(Services.account("bob"), 0)).isEqualTo(Services.firstKey("bob"));
        });
        assertThat(ledger().keyNumberOf(ALICE)).isZero();

        services.rotate("alice", 1024, List.of(SECOND));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger().keyNumberOf(ALICE)).isEqualTo(1));
        assertThat(ledger().keyAt(ALICE, 0)).isEqualTo(Services.firstKey("alice"));
        assertThat(ledger().keyAt(ALICE, 1)).isEqualTo(SECOND);

        service.close();
        services.rotate("alice", 1024, List.of(SECOND, Services.firstKey("bob"), THIRD)); // a key is one account's
        service = RunningService.start(settings, "production");
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(ledger().keyNumberOf(ALICE))
                .isEqualTo(2));
        assertThat(ledger().keyAt(ALICE, 1)).isEqualTo(SECOND);
        assertThat(ledger().keyAt(ALICE, 2)).isEqualTo(THIRD);
        assertThat(ledger().accountOfKey(THIRD)).isEqualTo(ALICE);
        assertThat(ledger().accountOfKey(Services.firstKey("bob"))).isEqualTo(Services.account("bob"));
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(chain.nonce(service.settler()))
                .as("nothing was sent twice")
                .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
        assertThat(service.query(
                        "select count(*) from submission where purpose in ('publish-keys', 'rotate-key')", Long.class))
                .isEqualTo(3);
    }

    private LedgerContract ledger() {
        return service.settlementLedger();
    }

    /** 48 bytes that are flagged as a compressed finite point. */
    private static Bytes blsLike(String seed) {
        Bytes hash = Keccak256.hash(Bytes.wrap(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Bytes.concatenate(Bytes.of(0x80), hash, hash.slice(0, 15));
    }
}
