package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.RouteDocument;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The tracker seed's {@code /contract/*} workflow, in its order, and what it never tried. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LegacyApiTest extends ServiceOnAChain {
    private static final String HASH = "0xabcdef1234567890abcdef1234567890abcdef1234567890abcdef1234567890";
    private static final TestToken GATEWAY = TestKeys.token("gateway", "contract");
    private static final String ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

    LegacyApiTest() {
        super("local", Map.of());
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
    @Order(1)
    void statusBeforeInitHasNoReputationContract() {
        JsonNode status = service.get("/contract/status").body();

        assertThat(status.propertyNames())
                .containsExactlyInAnyOrder(
                        "configured",
                        "connected",
                        "rpc_url",
                        "account_address",
                        "factory_address",
                        "reputation_address",
                        "settlement_address");
        assertThat(status.get("configured").asBoolean()).isTrue();
        assertThat(status.get("connected").asBoolean()).isTrue();
        assertThat(status.get("rpc_url").asString()).isEqualTo(network.url());
        assertThat(status.get("account_address").asString()).isEqualTo("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        assertThat(status.get("reputation_address").isNull()).isTrue();
        assertThat(status.get("settlement_address").asString()).startsWith("0x");
    }

    @Test
    @Order(2)
    void nothingWorksBeforeInit() {
        String sentence = "No Reputation contract initialized. Call /contract/init first.";
        assertError(service.post("/contract/register", user("alice")), 400, sentence);
        assertError(service.post("/contract/update", "{\"username\":\"alice\"}"), 400, sentence);
        assertError(service.post("/contract/migrate", "{\"username\":\"alice\"}"), 400, sentence);
        assertError(service.get("/contract/user/alice"), 400, "No Reputation contract initialized");
    }

    @Test
    @Order(3)
    void initWithoutABodyCreatesAContractOfItsOwn() {
        var answer = service.post("/contract/init");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("success").asBoolean()).isTrue();
        assertThat(answer.body().get("referrer_address").asString()).isEqualTo(ZERO_ADDRESS);
        JsonNode status = service.get("/contract/status").body();
        assertThat(status.get("reputation_address")).isEqualTo(answer.body().get("reputation_address"));
        assertThat(status.get("reputation_address")).isNotEqualTo(status.get("settlement_address"));
    }

    @Test
    @Order(4)
    void theSeedsWorkflowEndsWithRatioTwo() {
        var registered = service.post("/contract/register", user("alice"));
        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.body().get("username").asString()).isEqualTo("alice");
        assertThat(registered.body().get("tx_hash").asString()).matches("[0-9a-f]{64}");
        assertThat(service.post("/contract/register", user("bob")).status()).isEqualTo(200);

        JsonNode fresh = service.get("/contract/user/alice").body().get("user");
        assertThat(fresh.get("passwordHash").asString()).isEqualTo(HASH);
        assertThat(fresh.get("salt").asString()).isEqualTo("salt123");
        assertThat(fresh.get("ratio").asDouble()).isEqualTo(1.0);

        var updated = service.post(
                "/contract/update", "{\"username\": \"alice\", \"download_size\": 500000, \"upload_size\": 1000000}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().get("upload_size").asLong()).isEqualTo(1_000_000);

        var read = service.get("/contract/user/alice").body();
        assertThat(read.get("contract_address"))
                .isEqualTo(service.get("/contract/status").body().get("reputation_address"));
        assertThat(read.get("user").get("downloadSize").asLong()).isEqualTo(500_000);
        assertThat(read.get("user").get("ratio").toString()).isEqualTo("2.0");
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource(
            delimiter = '|',
            value = {
                "register | {\"username\":\"alice\",\"password_hash\":\"0x1\"}        | 409 | UserExists(alice)",
                "update   | {\"username\":\"alice\",\"download_size\":1}             | 409 | TotalsMayNotFall(",
                "update   | {\"username\":\"nobody\"}                              | 400 | UserUnknown(nobody)",
                "migrate  | {\"username\":\"alice\"}                               | 409 | UserExists(alice)",
                "register | {\"username\":\"zed\",\"password_hash\":\"0x00\"}        | 400 | EmptyPasswordHash(zed)",
                "register | {\"username\":\"a\\u0000b\",\"password_hash\":\"0x0\"} | 400 | EmptyPasswordHash(a?b)",
                "register | {\"username\":\"zed\"}                                 | 400 | Missing username or password_hash",
                "register | {\"username\":\"zed\",\"password_hash\":\"xyz\"}         | 400 | password_hash is not",
                "register | {\"username\":\"z\",\"password_hash\":\"1\",\"upload_size\":-1} | 400 | upload_size is not",
                "register | {\"username\":\"z\",\"password_hash\":\"1\",\"upload_size\":1.5} | 400 | ",
                "update   | {}                                                 | 400 | Missing username",
                "update   | {                                                  | 400 | Invalid JSON",
                "init     | {\"referrer_address\":\"0x12\"}                        | 400 | referrer_address is not",
                "init     | {\"referrer_address\":\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\"} | 400 | InvalidReferrer()",
            })
    void aRefusalSaysWhyAndIsNever5xx(String call, String body, int status, String sentence) {
        var answer = service.post("/contract/" + call, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("success").asBoolean()).isFalse();
        assertThat(answer.body().get("error").asString()).contains(sentence == null ? "" : sentence);
    }

    @Test
    @Order(6)
    void anUnknownUserIsEmptyAndAnUploaderHasNoRatio() {
        JsonNode unknown = service.get("/contract/user/nobody").body().get("user");
        assertThat(unknown.get("username").asString()).isEmpty();
        assertThat(unknown.get("passwordHash").asString()).isEqualTo("0x" + "0".repeat(64));
        assertThat(unknown.get("ratio").asDouble()).isEqualTo(1.0);

        service.post("/contract/update", "{\"username\":\"bob\",\"upload_size\":7}");
        assertThat(service.get("/contract/user/bob")
                        .body()
                        .get("user")
                        .get("ratio")
                        .isNull())
                .isTrue();
    }

    @Test
    @Order(7)
    void whatWasAcceptedWhileTheChainIsAwayIsDoneLater() {
        network.fail(Fault.CUT);
        await().atMost(SOON)
                .until(() ->
                        !service.get("/contract/status").body().get("connected").asBoolean());
        var read = service.get("/contract/user/alice");
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.headers()).containsKey("retry-after");

        var accepted = service.post("/contract/register", user("carol"));
        assertThat(accepted.status()).isEqualTo(202);
        String progress = "/contract/submission/" + accepted.body().get("id").asLong();
        assertThat(service.get(progress).body().get("state").asString()).isEqualTo("queued");

        network.fail(Fault.NONE);
        await().atMost(SOON)
                .until(() ->
                        service.get(progress).body().get("state").asString().equals("final"));
        assertThat(service.get("/contract/user/carol")
                        .body()
                        .get("user")
                        .get("username")
                        .asString())
                .isEqualTo("carol");
    }

    @Test
    @Order(8)
    void theContractIsRememberedAndASuccessorReadsItsPredecessor() {
        String first =
                service.get("/contract/status").body().get("reputation_address").asString();
        service.close();
        service = RunningService.start(settings, "local");
        assertThat(service.get("/contract/status")
                        .body()
                        .get("reputation_address")
                        .asString())
                .isEqualTo(first);
        await().atMost(SOON)
                .until(() ->
                        service.get("/contract/status").body().get("connected").asBoolean());

        var successor = service.post("/contract/init", "{\"referrer_address\":\"" + first + "\"}");
        assertThat(successor.body().get("referrer_address").asString()).isEqualTo(first);
        assertThat(successor.body().get("reputation_address").asString()).isNotEqualTo(first);
        assertThat(service.post("/contract/migrate", "{\"username\":\"alice\"}").status())
                .isEqualTo(200);
        assertThat(service.get("/contract/user/alice")
                        .body()
                        .get("user")
                        .get("uploadSize")
                        .asLong())
                .isEqualTo(1_000_000);
    }

    @Test
    @Order(9)
    void inProductionTheOperatorAloneWritesAndTheRpcUrlIsNotShown() {
        TestToken admin = TestKeys.token("gateway", "contract").asAdmin();
        try (RunningService production = RunningService.start(settings, "production")) {
            await().atMost(SOON)
                    .until(() -> production.get("/contract/user/alice").status() == 200);
            for (String write : List.of("init", "register", "update", "migrate")) {
                var stranger = production.post("/contract/" + write, user("eve"));
                assertThat(stranger.status()).as(write).isEqualTo(401);
                assertThat(stranger.body().get("success").asBoolean()).isFalse();
                var account = production.post(
                        "/contract/" + write,
                        user("eve"),
                        TestKeys.token("gateway", "contract").asAccount(1, "eve"));
                assertThat(account.status()).as(write).isEqualTo(403);
            }
            assertThat(production.get("/contract/submission/1").status()).isEqualTo(401);
            assertThat(production.get("/contract/submission/1", admin).status()).isEqualTo(200);
            assertThat(production.post("/contract/register", user("eve"), admin).status())
                    .isEqualTo(200);
            assertThat(production
                            .get("/contract/user/eve")
                            .body()
                            .at("/user/username")
                            .asString())
                    .isEqualTo("eve");
            assertThat(production.get("/contract/status").body().get("rpc_url").isNull())
                    .isTrue();
            ApiDocument.requireCommitted(
                    "contract-service", production.get("/v3/api-docs", GATEWAY).body());
            RouteDocument.of("contract")
                    .requireRoutes(Map.of(
                            "local",
                            service.get("/internal/v1/routes", GATEWAY).body(),
                            "production",
                            production.get("/internal/v1/routes", GATEWAY).body()));
        }
    }

    @Test
    @Order(10)
    void inLocalOnlyThisMachineAndTheOperatorWrite() {
        String body = user("mallory");
        TestToken far = TestKeys.token("gateway", "contract").asAnonymous("192.0.2.1");
        assertThat(service.post("/contract/register", body, far).status()).isEqualTo(401);
        assertThat(service.get("/contract/status", far).status()).isEqualTo(200);
        TestToken admin = TestKeys.token("gateway", "contract").asAdmin();
        assertThat(service.post("/contract/register", body, admin).status()).isEqualTo(200);
    }

    private static String user(String name) {
        return """
                {"username": "%s", "salt": "salt123", "password_hash": "%s", "download_size": 0, "upload_size": 0}""".formatted(name, HASH);
    }

    private static void assertError(RunningService.Answer answer, int status, String sentence) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("success").asBoolean()).isFalse();
        assertThat(answer.body().get("error").asString()).isEqualTo(sentence);
    }
}
