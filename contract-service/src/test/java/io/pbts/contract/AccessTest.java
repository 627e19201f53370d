package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what between services, and what wallets have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest extends ServiceOnAChain {
    private static final String BALANCES = "/internal/v1/balances/";
    private static final String WALLET = "0x00000000000000000000000000000000000a11ce";
    private static final String ANOTHER = "0x0000000000000000000000000000000000000b0b";

    AccessTest() {
        super("production", Map.of());
    }

    @BeforeAll
    void start() {
        await().atMost(SOON).until(() -> service.get("/internal/v1/chain").status() == 200);
    }

    @AfterAll
    void stop() {
        end();
    }

    @Test
    void aBalanceIsWhatTheChainSaysAtItsLatestBlock() {
        chain.rpc("anvil_setBalance", WALLET, "0xde0b6b3a7640000");
        await().atMost(SOON).untilAsserted(() -> {
            var answer = service.get(BALANCES + WALLET);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().get("wei").asString()).isEqualTo("1000000000000000000");
        });
        long before = chain.blockNumber();
        var answer = service.get(BALANCES + WALLET);
        assertThat(answer.body().propertyNames()).containsExactly("wei", "block");
        assertThat(answer.body().get("block").asLong()).isBetween(before, chain.blockNumber());
    }

    @Test
    void anEmptyWalletHasNothingAndTheLargestOneIsExact() {
        assertThat(service.get(BALANCES + ANOTHER).body().get("wei").asString()).isEqualTo("0");
        String rich = "0x00000000000000000000000000000000000000ff";
        chain.rpc("anvil_setBalance", rich, "0x" + "f".repeat(64));
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        service.get(BALANCES + rich).body().get("wei").asString())
                .isEqualTo(BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x12",
                "alice",
                "00000000000000000000000000000000000a11ce",
                "0x00000000000000000000000000000000000A11CeE",
                "0x70997970c51812dc3A010C7d01b50e0d17dc79C8",
            })
    void whatIsNoAddressIs400(String text) {
        var answer = service.get(BALANCES + text);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").asString()).isEqualTo("invalid-address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT", "OVERLOADED", "TRUNCATED"})
    void aChainThatIsAwayHasNoBalances(Fault fault) {
        network.fail(fault);
        try {
            var answer = service.get(BALANCES + ANOTHER);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("retry-after");
        } finally {
            network.fail(Fault.NONE);
        }
        await().atMost(SOON).until(() -> service.get(BALANCES + ANOTHER).status() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "reputation, /internal/v1/chain, 200",
        "receipt,    /internal/v1/chain, 200",
        "gateway,    /internal/v1/chain, 200",
        "announce,   /internal/v1/chain, 403",
        "reputation, /internal/v1/balances/0x0000000000000000000000000000000000000b0b, 200",
        "receipt,    /internal/v1/balances/0x0000000000000000000000000000000000000b0b, 403",
        "gateway,    /internal/v1/balances/0x0000000000000000000000000000000000000b0b, 403",
    })
    void onlyTheServicesThatNeedAFactAreToldIt(String service, String path, int status) {
        assertThat(this.service.get(path, TestKeys.token(service, "contract")).status())
                .isEqualTo(status);
    }

    @Test
    void nobodyWhoCameThroughTheGatewaySeesInternalRoutes() {
        for (String path : new String[] {"/internal/v1/chain", BALANCES + ANOTHER}) {
            for (var caller : new TestToken[] {
                TestKeys.visitor("contract"),
                TestKeys.token("gateway", "contract").asAccount(1, "alice"),
                TestKeys.token("gateway", "contract").asAdmin()
            }) {
                assertThat(service.get(path, caller).status()).isEqualTo(403);
            }
        }
    }

    @Test
    void withoutATokenNothingButHealthAnswers() {
        assertThat(service.getWithoutToken("/actuator/health/readiness").status())
                .isEqualTo(200);
        for (String path : new String[] {"/contract/status", "/internal/v1/chain", "/v3/api-docs", "/nowhere"}) {
            assertThat(service.getWithoutToken(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void aSpoiledTokenIsRefusedByItsCode() {
        for (SpoiledToken spoiled : SpoiledToken.matrix("contract")) {
            var answer = service.getWithToken("/internal/v1/chain", spoiled.text());
            assertThat(answer.status()).as(spoiled.name()).isEqualTo(401);
            assertThat(answer.body().get("code").asString()).as(spoiled.name()).isEqualTo(spoiled.code());
        }
    }
}
