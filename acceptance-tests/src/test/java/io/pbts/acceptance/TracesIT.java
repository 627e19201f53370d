package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.testing.otlp.ExportedSpan;
import io.pbts.protocol.testing.otlp.SpanCollector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of a suite that is told of one, from its start to its end: whole traces, and no secret. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PIECE = 64 * 1024;
    private static final String FORGED = "0af7651916cd43dd8448eb211c80319c";

    private final Map<String, String> canaries = new LinkedHashMap<>();
    private SpanCollector collector;

    @BeforeAll
    void work(@TempDir Path folder) throws IOException {
        collector = new SpanCollector();
        Stack stack = Stack.start(
                "production",
                Map.of(
                        "PBTS_TRACES_URL", collector.url(),
                        "PBTS_TRACES_SHARE", "1",
                        "INITIAL_CREDIT_POLICY", "funded-wallet",
                        "PBTS_JIT", "quick")); // it lives for a minute
        try {
            Member sender = report(stack.gateway(), folder);
            Session session = Session.open(stack.gateway(), sender);
            String apiKey =
                    session.makeApiKey("traced", "account:read").path("key").asString();
            canaries.put("passkey", sender.passkey());
            canaries.put("secret key", sender.secret());
            canaries.put("access token", session.accessToken());
            canaries.put("refresh token", session.refreshToken());
            canaries.put("API key", apiKey);
            everywhere(stack.gateway(), sender.passkey(), apiKey);
            askTheChain(stack);
            askForAWallet(stack.gateway());
        } finally {
            stack.stop(); // services send what they still have
        }
    }

    @AfterAll
    void stop() {
        collector.close();
    }

    @Test
    void aReportIsOneTraceOfAllServicesThatWorkedOnIt() {
        List<ExportedSpan> trace = traceOf("gateway-service", "POST /report");
        assertThat(trace)
                .extracting(ExportedSpan::service)
                .contains("gateway-service", "receipt-service", "reputation-service", "announce-service");
        assertThat(trace).filteredOn(span -> span.parentId().isEmpty()).hasSize(1);
    }

    @Test
    void aQuestionToTheChainIsInTheTraceOfTheRequestThatAskedIt() {
        assertThat(traceOf("gateway-service", "GET /contract/**"))
                .extracting(span -> span.service() + ": " + span.name())
                .contains(
                        "gateway-service: GET /contract/**",
                        "contract-service: GET /contract/user/{username}",
                        "contract-service: eth_call");
    }

    @Test
    void aStepOfItsOwnWorkIsATraceWithItsQuestionsToTheChain() {
        List<String> steps = collector.spans().stream()
                .filter(span -> span.name().equals("submission"))
                .map(ExportedSpan::traceId)
                .toList();
        assertThat(collector.spans())
                .filteredOn(span -> steps.contains(span.traceId()))
                .extracting(ExportedSpan::name)
                .contains("eth_sendRawTransaction");
    }

    @Test
    void aWalletsBalanceIsOneTraceFromReputationServiceToTheChain() {
        assertThat(traceOf("reputation-service", "wallet-grants"))
                .extracting(span -> span.service() + ": " + span.name())
                .contains(
                        "reputation-service: GET /internal/v1/balances/{address}",
                        "contract-service: GET /internal/v1/balances/{address}",
                        "contract-service: eth_getBalance");
    }

    @Test
    void announcesAndTracesOfMembersOwnAreInNone() {
        assertThat(collector.spans()).isNotEmpty().noneMatch(span -> span.name().contains("/announce"));
        assertThat(collector.everything()).doesNotContain(FORGED);
    }

    @Test
    void onlyTracesAreSentAndNoSecretIsInAByteOfThem() {
        assertThat(collector.targets()).containsExactly("/v1/traces");
        String everything = collector.everything();
        assertThat(canaries).hasSize(8);
        assertThat(canaries.keySet())
                .filteredOn(name -> everything.contains(String.valueOf(canaries.get(name))))
                .isEmpty();
    }

    private static Member report(Http gateway, Path folder) {
        Member sender = Member.register(gateway, "traced-sender");
        Member receiver = Member.register(gateway, "traced-receiver");
        Dataset data = Dataset.create(folder, "traced.bin", 4L * PIECE, PIECE, "http://tracker.invalid/announce")
                .registeredBy(sender);
        var honest = HonestReceipts.of(gateway, sender, receiver, data);
        assertThat(Report.of(honest.report(gateway, 0)).codes()).containsExactly("credited");
        return sender;
    }

    /** The original's contract is made by the operator; what it holds, anybody may ask. */
    private void askTheChain(Stack stack) {
        Part part = Part.of(stack, "gateway");
        String adminKey = part.secret("pbts.admin-key").strip();
        canaries.put("admin key", adminKey);
        canaries.put(
                "settler's key",
                Part.of(stack, "contract").secret("pbts.chain.settler-key").strip());
        var operator = new Http(URI.create("http://127.0.0.1:" + part.setting("PBTS_ADMIN_PORT")));
        Await.until(
                "the factory is there",
                SOON,
                () -> operator.ask("POST", "/contract/init", Session.bearer(adminKey), Map.of()),
                answer -> answer.status() != 503);
        Await.until(
                "the original's contract is there",
                SOON,
                () -> stack.gateway().get("/contract/user/anybody"),
                answer -> answer.status() == 200);
    }

    /** Whether its owner has one that is worth the initial credit is asked after it was registered. */
    private void askForAWallet(Http gateway) {
        Wallet wallet = Wallet.create();
        canaries.put("wallet's key", wallet.secret());
        Session.register(gateway, wallet);
        Session session = Session.open(gateway, wallet);
        Await.until(
                "a grant that is decided",
                Duration.ofSeconds(60),
                () -> session.ask("GET", "/api/v1/account", null)
                        .expect(200)
                        .json()
                        .path("grant")
                        .asString(),
                grant -> grant.equals("none"));
    }

    /** A secret in every place where one can be put, in a trace that its sender would like to see gone on with. */
    private static void everywhere(Http gateway, String passkey, String apiKey) {
        Map<String, String> headers = new LinkedHashMap<>(Session.bearer(apiKey));
        headers.put("traceparent", "00-" + FORGED + "-b7ad6b7169203331-01");
        headers.put("baggage", "who=" + passkey);
        for (String path : List.of(
                "/api/v1/account",
                "/%s/announce?info_hash=abc",
                "/announce?passkey=%s",
                "/user/%s",
                "/stats?passkey=%s",
                "/api/v1/accounts/%s",
                "/contract/user/%s",
                "/%s")) {
            gateway.ask("GET", path.formatted(passkey), headers, null);
        }
        gateway.ask("POST", "/report", Map.of("X-PBTS-Passkey", passkey), Map.of("user_id", apiKey));
    }

    /** The trace with the most spans of those that began so. */
    private List<ExportedSpan> traceOf(String service, String first) {
        return collector.spans().stream()
                .filter(span -> span.service().equals(service) && span.name().equals(first))
                .map(root -> collector.spans().stream()
                        .filter(span -> span.traceId().equals(root.traceId()))
                        .toList())
                .max(Comparator.comparingInt(List::size))
                .orElseThrow(() -> new AssertionError(first + " in none of " + collector.spans()));
    }
}
