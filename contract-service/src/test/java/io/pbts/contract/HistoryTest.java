package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.contracts.LedgerAccount;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.testing.TestPostgres;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A tracker dies with its database, twice; what its members gave and took is in the contract of the tracker after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final long MIB = 1L << 20;
    private static final String GIVER = "alice-of-old-";

    private static final String IDLER = "bob-who-idles";
    private Anvil chain;

    @BeforeAll
    void start() {
        chain = Anvil.start();
    }

    @AfterAll
    void stop() {
        chain.close();
    }

    private record Addresses(EthereumAddress factory, EthereumAddress ledger) {}

    @Test
    void goesFromTrackerToTrackerAlsoForMembersWhoNeverCome() {
        Addresses first = live(Map.of(), (service, services) -> {
            services.register(GIVER, 16);
            services.register(IDLER, 16);
            services.credit(GIVER, IDLER, 3 * MIB);
            await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        });
        Addresses second = live(after(first), (service, services) -> {
            await().atMost(SOON).until(() -> account(service, IDLER).source() == Source.LOCAL);
            JsonNode giver = origin(service, GIVER, GIVER);
            assertThat(giver.path("state").asString()).isEqualTo("copied");
            assertThat(giver.path("chain_account").asString())
                    .isEqualTo(Services.account(GIVER).hex());
            assertThat(giver.path("up").asString()).isEqualTo(String.valueOf(3 * MIB));
            assertThat(giver.path("down").asString()).isEqualTo("0");
            assertThat(giver.path("credit_mib").asLong()).isEqualTo(16);
            assertThat(giver.path("name_holder").asString())
                    .isEqualTo(Services.account(GIVER).hex());

            JsonNode stranger = origin(service, "nobody-before", GIVER);
            assertThat(stranger.path("state").asString()).isEqualTo("unknown");
            assertThat(stranger.path("name_holder").asString())
                    .isEqualTo(Services.account(GIVER).hex());
            assertThat(origin(service, "nobody-before", "free")
                            .path("name_holder")
                            .isNull())
                    .isTrue();

            services.register(GIVER, 16); // comes back under the old name
            services.credit(GIVER, IDLER, MIB);
            await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
            assertThat(account(service, GIVER).settledUp()).isEqualTo(4 * MIB);
            assertThat(service.identities().current().frozenReason()).isEmpty();
        });
        live(after(second), (service, _) -> {
            await().atMost(SOON).until(() -> account(service, IDLER).source() == Source.LOCAL);
            assertThat(account(service, IDLER).importedDown()).isEqualTo(BigInteger.valueOf(4 * MIB));
            assertThat(origin(service, IDLER, IDLER).path("down").asString()).isEqualTo(String.valueOf(4 * MIB));
            await().atMost(SOON)
                    .until(() ->
                            service.query("select count(*) from history_account where state <> 'copied'", Long.class)
                                    == 0);
        });
    }

    @Test
    void aPredecessorWithoutItsFactoryIsAnObstacleAndNotANewBeginning() {
        Map<String, Object> settings = Map.of("pbts.predecessor.address", "0x00000000000000000000000000000000000000a1");
        try (var services = new Services();
                var service = RunningService.start(settings(services, settings), "production")) {
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> service.identities().current().settlement().isEmpty());
            assertThat(service.query("select count(*) from submission", Long.class))
                    .isZero();
        }
    }

    /** Otherwise every debtor of the tracker before would be a newcomer. */
    @Test
    void aLedgerThatDoesNotFollowThePredecessorTellsNobodyApart() {
        TestPostgres database = Databases.fresh();
        try (var services = new Services()) {
            Map<String, Object> settings = RunningService.settings(database, chain.url(), services);
            try (var service = RunningService.start(settings, "production")) {
                await().atMost(SOON)
                        .until(() -> service.identities().current().settlement().isPresent());
                assertThat(ask(service, GIVER, GIVER).status())
                        .as("without a predecessor")
                        .isEqualTo(503);
            }
            settings.put("pbts.predecessor.address", "0x00000000000000000000000000000000000000a1");
            try (var service = RunningService.start(settings, "production")) {
                await().atMost(SOON).until(() -> service.get("/contract/status")
                        .body()
                        .path("connected")
                        .asBoolean());
                assertThat(ask(service, GIVER, GIVER).status()).isEqualTo(503);
                assertThat(service.query("select count(*) from history_scan", Long.class))
                        .isZero();
            }
        }
    }

    private interface Life {
        void live(RunningService service, Services services);
    }

    /** A tracker with a database of its own, from its first start to its end. */
    private Addresses live(Map<String, Object> settings, Life life) {
        try (var services = new Services();
                var service = RunningService.start(settings(services, settings), "production")) {
            await().atMost(SOON)
                    .until(() -> service.identities().current().settlement().isPresent());
            life.live(service, services);
            var identity = service.identities().current();
            return new Addresses(
                    identity.factory().orElseThrow(), identity.settlement().orElseThrow());
        }
    }

    private Map<String, Object> settings(Services services, Map<String, Object> more) {
        Map<String, Object> settings = RunningService.settings(Databases.fresh(), chain.url(), services);
        settings.put("pbts.settlement.enrolment-patience", "2s"); // what names a member who never comes waits so long
        settings.putAll(more);
        return settings;
    }

    private static Map<String, Object> after(Addresses before) {
        return Map.of(
                "pbts.predecessor.address", before.ledger().checksummed(),
                "pbts.chain.factory-address", before.factory().checksummed());
    }

    private static LedgerAccount account(RunningService service, String user) {
        return service.settlementLedger().account(Services.account(user), At.LATEST);
    }

    private static JsonNode origin(RunningService service, String user, String name) {
        return ask(service, user, name).body();
    }

    private static RunningService.Answer ask(RunningService service, String user, String name) {
        String key = Services.firstKey(user).toUnprefixedHexString();
        return service.get("/internal/v1/origins/" + key + "?name=" + name);
    }
}
