package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.FakeNode;
import io.pbts.contract.testing.Services;
import io.pbts.support.testing.ManagementPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several nodes on a chain with value: which of them is asked, and that none is that shows something else. */
class EndpointsTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long CHAIN = 11_155_111;
    private static final String OWN_KEY = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private static final String BALANCE = "/internal/v1/balances/0x0000000000000000000000000000000000000b0b";

    private final List<FakeNode> nodes =
            IntStream.range(0, 3).mapToObj(n -> new FakeNode(CHAIN)).toList();
    private final Services services = new Services();
    private final Map<String, Object> settings = RunningService.settings(
            Databases.fresh(),
            String.join(",", nodes.stream().map(FakeNode::url).toList()),
            services);

    EndpointsTest() {
        settings.putAll(ManagementPort.SETTINGS);
        settings.put("pbts.chain.chain-id", CHAIN);
        settings.put("pbts.chain.settler-key", OWN_KEY);
        settings.put("pbts.chain.compare-interval", "400ms");
    }

    @AfterEach
    void stop() {
        nodes.forEach(FakeNode::close);
        services.close();
    }

    @Test
    void theNextOneIsAskedWhenOneGoesAwayAndNoneIsAskedThatIsWrong() {
        nodes.get(1).chainId(1);
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> health(service).equals(List.of("good", "wrong-chain", "good")));
            await().atMost(SOON).until(() -> inUse(service) == 1);
            assertThat(node(service, 2).get("detail").asString()).contains("chain 1", "11155111");

            nodes.get(0).down(true);
            await().atMost(SOON).until(() -> inUse(service) == 3 && connected(service));
            await().atMost(SOON).until(() -> service.get(BALANCE).status() == 200);
            assertThat(nodes.get(1).wasAsked("eth_getBalance")).isFalse();

            nodes.get(2).down(true);
            await().atMost(SOON).until(() -> !connected(service));
            assertThat(service.get(BALANCE).status()).isEqualTo(503);
            assertThat(service.management().health("readiness"))
                    .as("ready without a chain")
                    .isEqualTo(200);
            assertThat(nodes.get(1).wasAsked("eth_getBalance")).isFalse();

            nodes.get(0).down(false);
            await().atMost(SOON).until(() -> connected(service) && inUse(service) == 1);
        }
    }

    @Test
    void aNodeWithAnotherFirstBlockIsOutvoted() {
        nodes.get(0).genesis("another");
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> health(service).equals(List.of("wrong-genesis", "good", "good")));
            await().atMost(SOON).until(() -> inUse(service) == 2);
        }
    }

    @Test
    void aNodeOnAForkIsNotUsedAlsoWhenItWasTheOneInUse() {
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> inUse(service) == 1 && finalized(service) == 90);
            nodes.forEach(node -> node.head(130));
            nodes.get(0).forkAt(95, "fork");
            await().atMost(SOON).until(() -> health(service).equals(List.of("on-a-fork", "good", "good")));
            await().atMost(SOON).until(() -> inUse(service) == 2);
            await().atMost(SOON).until(() -> finalized(service) == 120);
        }
        // What was agreed on is remembered: alone, and after a restart, the fork is still refused.
        settings.put("pbts.chain.rpc-url", nodes.get(0).url());
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> health(service).equals(List.of("on-a-fork")));
            await().atMost(SOON).until(() -> !connected(service));
        }
        nodes.get(1).head(119);
        settings.put("pbts.chain.rpc-url", nodes.get(1).url());
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> health(service).equals(List.of("behind")));
            nodes.get(1).head(125);
            await().atMost(SOON).until(() -> connected(service));
        }
    }

    @Test
    void nobodyIsBelievedWhereTwoDisagree() {
        nodes.get(2).down(true);
        nodes.get(1).forkAt(50, "fork");
        try (RunningService service = RunningService.start(settings, "production")) {
            await().atMost(SOON).until(() -> health(service).equals(List.of("disputed", "disputed", "unreachable")));
            await().atMost(SOON).until(() -> service.get(BALANCE).status() == 503);
            assertThat(connected(service)).isFalse();

            nodes.get(2).down(false);
            await().atMost(SOON).until(() -> health(service).equals(List.of("good", "on-a-fork", "good")));
            await().atMost(SOON).until(() -> service.get(BALANCE).status() == 200);
        }
    }

    private static JsonNode status(RunningService service) {
        return service.get("/api/v1/chain/status").body();
    }

    private static List<String> health(RunningService service) {
        return status(service)
                .get("nodes")
                .valueStream()
                .map(node -> node.get("health").asString())
                .toList();
    }

    private static JsonNode node(RunningService service, int place) {
        return status(service).get("nodes").get(place - 1);
    }

    /** The place of the node in use, 0 when none is. */
    private static int inUse(RunningService service) {
        return status(service)
                .get("nodes")
                .valueStream()
                .filter(node -> node.get("in_use").asBoolean())
                .mapToInt(node -> node.get("place").asInt())
                .findFirst()
                .orElse(0);
    }

    private static boolean connected(RunningService service) {
        return status(service).get("connected").asBoolean();
    }

    private static long finalized(RunningService service) {
        return status(service).get("finalized").asLong();
    }
}
