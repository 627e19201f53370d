package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.support.testing.ManagementPort;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChainApiTest extends ServiceOnAChain {
    private static final String STATUS = "/api/v1/chain/status";
    private static final String EPOCHS = "/api/v1/chain/epochs";
    private static final String PENDING = "/api/v1/chain/transactions/pending";
    private static final Map<String, Object> SETTINGS = Stream.concat(
                    ManagementPort.SETTINGS.entrySet().stream(),
                    Stream.of(Map.entry("pbts.explorer.url", "https://explorer.example/{kind}/{value}")))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    ChainApiTest() {
        super("production", SETTINGS);
    }

    @BeforeAll
    void start() {
        settleAFirst(1000);
    }

    @AfterAll
    void stop() {
        end();
    }

    @Test
    @Order(1)
    void statusOfAChainThatHasEverything() {
        await().atMost(SOON)
                .until(() -> service.get(STATUS)
                                .body()
                                .get("settlement")
                                .get("waiting_batches")
                                .asLong()
                        == 0);
        JsonNode status = service.get(STATUS).body();
        assertThat(status.get("connected").asBoolean()).isTrue();
        assertThat(status.get("chain_id").asLong()).isEqualTo(31337);
        assertThat(status.get("finalized").asLong())
                .isPositive()
                .isLessThan(status.get("head").asLong());
        assertThat(status.get("nodes")).hasSize(1);
        assertThat(status.get("nodes").get(0).get("health").asString()).isEqualTo("good");
        assertThat(status.get("settlement_contract").get("url").asString())
                .isEqualTo("https://explorer.example/address/"
                        + status.get("settlement_contract").get("address").asString());
        JsonNode settlement = status.get("settlement");
        assertThat(settlement.get("mode").asString()).isEqualTo("batched");
        assertThat(settlement.get("frozen").isNull()).isTrue();
        assertThat(settlement.get("waiting_bytes").asLong()).isZero();
        assertThat(settlement.get("oldest_waiting_since").isNull()).isTrue();
        assertThat(status.get("fees").get("paid_wei").asString()).matches("[1-9][0-9]*");
        assertThat(status.toString()).doesNotContain("127.0.0.1");
    }

    @Test
    @Order(2)
    void epochsNewestFirstInPages() {
        services.credit("alice", "bob", 5);
        await().atMost(SOON)
                .until(() -> service.query("select count(*) from settlement where state = 'final'", Long.class) == 2);

        JsonNode first = service.get(EPOCHS + "?limit=1").body();
        assertThat(first.get("epochs")).hasSize(1);
        assertThat(first.get("epochs").get(0).get("seq").asLong()).isEqualTo(2);
        JsonNode second = service.get(
                        EPOCHS + "?limit=1&before=" + first.get("next").asLong())
                .body();
        assertThat(second.get("epochs").get(0).get("seq").asLong()).isEqualTo(1);
        assertThat(second.get("next").isNull()).isTrue();

        JsonNode epoch = service.get(EPOCHS + "/2").body();
        assertThat(epoch.get("root")).isEqualTo(first.get("epochs").get(0).get("root"));
        assertThat(epoch.get("state").asString()).isEqualTo("final");
        assertThat(epoch.get("bytes").asLong()).isEqualTo(5);
        assertThat(epoch.get("accounts").asLong()).isEqualTo(2);
        JsonNode carrier = epoch.get("transaction");
        assertThat(carrier.get("url").asString())
                .isEqualTo("https://explorer.example/tx/" + carrier.get("hash").asString());
        assertThat(carrier.get("confirmations").asLong()).isPositive();
        assertThat(chain.rpc("eth_getTransactionReceipt", carrier.get("hash").asString())
                        .get("status")
                        .asString())
                .isEqualTo("0x1");
    }

    @Test
    @Order(3)
    void whatIsNoEpochIs404And400() {
        assertThat(service.get(EPOCHS + "/99").status()).isEqualTo(404);
        assertThat(service.get(EPOCHS + "/99").body().get("code").asString()).isEqualTo("unknown-epoch");
        assertThat(service.get(EPOCHS + "/first").status()).isEqualTo(400);
        assertThat(service.get(EPOCHS + "?before=x").status()).isEqualTo(400);
    }

    @Test
    @Order(4)
    void whatWaitsIsSeenWithItsTransaction() {
        assertThat(service.get(PENDING).body().get("transactions")).isEmpty();
        network.fail(Fault.SENDING_LOST);
        services.credit("bob", "alice", 6);
        await().atMost(SOON)
                .until(() -> service.get(PENDING).body().get("transactions").size() == 1);
        await().atMost(SOON).until(() -> !service.get(PENDING)
                .body()
                .get("transactions")
                .get(0)
                .get("nonce")
                .isNull());
        JsonNode pending = service.get(PENDING).body().get("transactions").get(0);
        assertThat(pending.get("purpose").asString()).isEqualTo("settle");
        assertThat(pending.get("state").asString()).isEqualTo("submitted");
        assertThat(pending.get("hash").asString()).matches("0x[0-9a-f]{64}");
        assertThat(pending.propertyNames()).doesNotContain("signed_bytes");
        await().atMost(SOON)
                .until(() -> service.get(STATUS)
                                .body()
                                .get("settlement")
                                .get("waiting_bytes")
                                .asLong()
                        == 6);
        assertThat(gauge("pbts.settlement.backlog")).isEqualTo(6);
        assertThat(gauge("pbts.settlement.oldest.age")).isPositive();
        assertThat(gauge("pbts.chain.fees.paid")).isPositive();
        network.fail(Fault.NONE);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
    }

    @Test
    @Order(5)
    void aReorganizationIsCounted() {
        double before = gauge("pbts.chain.reorganizations");
        services.credit("bob", "alice", 7);
        await().atMost(SOON)
                .until(() -> service.hasSettledAll(services)
                        && service.query(
                                "select bool_and(state in ('mined', 'final')) from settlement", Boolean.class));
        chain.rpc("anvil_reorg", 8, List.of());
        await().atMost(SOON).until(() -> gauge("pbts.chain.reorganizations") > before);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.get(STATUS).body().get("reorganizations").asDouble())
                .isEqualTo(gauge("pbts.chain.reorganizations"));
    }

    @Test
    @Order(6)
    void exposesWhatAlertsAndDashboardsAskFor() {
        service.management().exposesWhatIsWrittenOf("every", "servlet", "database", "contract");
        await().atMost(SOON)
                .until(() -> service.management().metric("pbts_settlements_total", "outcome=\"final\"")
                        >= service.query("select count(*) from settlement", Long.class));
        assertThat(service.management().metric("pbts_settlements_total", "outcome=\"refused\""))
                .isZero();
    }

    @Test
    @Order(7)
    void livesAndIsReadyWithoutTheDatabase() throws Exception {
        database.goAway();
        try {
            assertThat(service.management().health("liveness")).isEqualTo(200);
            assertThat(service.management().health("readiness")).isEqualTo(200);
        } finally {
            database.comeBack();
        }
    }

    private double gauge(String name) {
        return service.meter(name);
    }
}
