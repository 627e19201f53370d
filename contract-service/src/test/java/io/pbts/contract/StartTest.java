package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.Services;
import io.pbts.support.testing.TestKeys;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Wallet;

class StartTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOBODY = "http://127.0.0.1:9";
    private static final String OWN_KEY = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private Services services;
    private Map<String, Object> settings;

    @BeforeEach
    void prepare() {
        services = new Services();
        settings = RunningService.settings(Databases.fresh(), NOBODY, services);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void isReadyWithoutAChainAndReadsItWhenItComes() {
        services.register("alice", 1024);
        services.credit("alice", "bob", 9);
        try (Anvil chain = Anvil.start();
                RunningService service = RunningService.start(settings, "production")) {
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(service.get("/contract/status").body().get("connected").asBoolean())
                    .isFalse();
            var unknown = service.get("/internal/v1/chain");
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.headers()).containsKey("retry-after");
            await().atMost(SOON).until(() -> service.query("select count(*) from credit_item", Long.class) == 1);
            assertThat(chain.nonce(service.settler())).isZero();
        }
    }

    @Test
    void takesItsKeyFromAKeystoreThatIsMountedWithItsPassword() throws Exception {
        String password = "four words and a number, 1861, of no meaning";
        ECKeyPair key = ECKeyPair.create(new BigInteger(OWN_KEY, 16));
        settings.remove("pbts.chain.settler-key");
        settings.put(
                "pbts.secrets-dir",
                TestKeys.secretsFor(
                        "contract",
                        Map.of(
                                "pbts.chain.settler-keystore",
                                new ObjectMapper().writeValueAsString(Wallet.createLight(password, key)),
                                "pbts.chain.settler-keystore-password",
                                password)));
        try (RunningService service = RunningService.start(settings, "production")) {
            assertThat(service.settler()).isEqualToIgnoringCase("0x" + Keys.getAddress(key));
        }
    }

    @Test
    void refusesADevelopmentKeyOnAChainWithValue() {
        settings.put("pbts.chain.chain-id", 11_155_111);
        assertThatThrownBy(() -> RunningService.start(settings, "production"))
                .rootCause()
                .hasMessageContaining("well-known development key")
                .hasMessageContaining("Use a key of your own")
                .hasMessageNotContaining(Anvil.KEY);
    }

    @Test
    void refusesAKeyThatIsNoneWithoutRepeatingIt() {
        settings.put("pbts.chain.settler-key", "abc" + Anvil.KEY);
        assertThatThrownBy(() -> RunningService.start(settings, "production"))
                .rootCause()
                .hasMessageContaining("not 64 hexadecimal digits")
                .hasMessageNotContaining(Anvil.KEY);
    }

    @Test
    void refusesANodeWithoutAnAddressAndDoesNotRepeatIt() {
        settings.put("pbts.chain.rpc-url", NOBODY + ",rpc.example/v3/secret");
        assertThatThrownBy(() -> RunningService.start(settings, "production"))
                .rootCause()
                .hasMessageContaining("Node 2 of PBTS_RPC_URL")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesTheDatabaseOfAnotherChain() {
        RunningService.start(settings, "production").close();
        settings.put("pbts.chain.chain-id", 1337);
        assertThatThrownBy(() -> RunningService.start(settings, "production"))
                .rootCause()
                .hasMessageContaining("holds the settlements of chain 31337")
                .hasMessageContaining("PBTS_CHAIN_ID is 1337");
    }

    @Test
    void writesNothingToAnotherChainThanTheConfiguredOne() {
        services.register("alice", 1024);
        try (Anvil chain = Anvil.start(1337)) {
            settings.put("pbts.chain.rpc-url", chain.url());
            try (RunningService service = RunningService.start(settings, "production")) {
                await().during(Duration.ofSeconds(3))
                        .atMost(SOON)
                        .until(() -> !service.get("/contract/status")
                                        .body()
                                        .get("connected")
                                        .asBoolean()
                                && chain.nonce(service.settler()) == 0);
            }
        }
    }

    @Test
    void settlesInTheConfiguredLedgerAndInNoneOfSomebodyElse() {
        services.register("alice", 1024);
        services.credit("alice", "bob", 9);
        try (Anvil chain = Anvil.start()) {
            settings.put("pbts.chain.rpc-url", chain.url());
            String ledger;
            String factory;
            try (RunningService first = RunningService.start(settings, "production")) {
                await().atMost(SOON).until(() -> first.get("/internal/v1/chain").status() == 200);
                ledger = first.get("/internal/v1/chain")
                        .body()
                        .get("settlement_address")
                        .asString();
                factory = first.get("/internal/v1/chain")
                        .body()
                        .get("factory_address")
                        .asString();
            }
            Map<String, Object> configured = RunningService.settings(Databases.fresh(), chain.url(), new Services());
            configured.put("pbts.chain.settlement-address", ledger);
            configured.put("pbts.chain.factory-address", factory);
            configured.put("pbts.chain.settler-key", OWN_KEY);
            try (RunningService stranger = RunningService.start(configured, "production")) {
                await().during(Duration.ofSeconds(3))
                        .atMost(SOON)
                        .until(() -> stranger.get("/internal/v1/chain").status() == 503);
            }
            configured.put("pbts.chain.settler-key", Anvil.KEY);
            try (RunningService owner = RunningService.start(configured, "production")) {
                await().atMost(SOON).until(() -> owner.get("/internal/v1/chain").status() == 200);
                assertThat(owner.get("/internal/v1/chain")
                                .body()
                                .get("settlement_address")
                                .asString())
                        .isEqualTo(ledger);
            }
        }
    }
}
