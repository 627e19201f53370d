package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Canaries: after work that includes every kind of mistake, no secret stands in anything that a stack writes or says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {
    private Stack stack;
    private Http gateway;
    private Http operator;
    private Canaries canaries;
    private final Map<String, String> said = new LinkedHashMap<>();

    @BeforeAll
    void work() throws IOException {
        stack = ProductionStack.get();
        gateway = stack.gateway().from("127.47.0.1");
        operator = new Http(
                URI.create("http://127.0.0.1:" + Part.of(stack, "gateway").setting("PBTS_ADMIN_PORT")));
        canaries = Canaries.ofFiles(stack);
        Member member = Member.register(gateway, "canary");
        canaries.add("passkey", member.passkey());
        Session session = Session.open(gateway, member);
        JsonNode key = session.makeApiKey("canary", "report", "account:read");
        canaries.add("API key", key.path("key").asString());
        canaries.add("access token", session.accessToken());
        canaries.add("refresh token", session.refreshToken());
        mistakes(member, session, key);
        documents(member);
    }

    @Test
    void noLogOfTheStackHoldsASecret() throws IOException {
        Map<String, String> logs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(stack.dataDir().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                logs.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(logs).containsKeys("gateway-service.log", "reputation-service.log", "announce-service.log");
        assertThat(found(logs)).isEmpty();
    }

    @Test
    void noErrorHealthAnswerOrDescriptionHoldsASecret() {
        assertThat(said).hasSizeGreaterThanOrEqualTo(30);
        assertThat(found(said)).isEmpty();
    }

    @Test
    void noThreadDumpHoldsASecret() {
        Map<String, String> dumps = new TreeMap<>();
        Part.all(stack).forEach(part -> dumps.put(part.service(), part.threadDump()));
        assertThat(dumps.values()).hasSize(5).allMatch(dump -> dump.contains("java.lang.Thread.State"));
        assertThat(found(dumps)).isEmpty();
    }

    @Test
    void noCommandLineAndNoEnvironmentHoldsASecret() {
        Map<String, String> shown = new TreeMap<>();
        for (Part part : Part.all(stack)) {
            shown.put(part.service() + " command", String.join(" ", part.command()));
            shown.put(part.service() + " environment", part.environment().toString());
        }
        assertThat(found(shown)).isEmpty();
    }

    private List<String> found(Map<String, String> places) {
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> found.addAll(canaries.in(place, text)));
        return found;
    }

    /** What people do wrong, with a secret in every place where one can be put. */
    private void mistakes(Member member, Session session, JsonNode apiKey) {
        String passkey = member.passkey();
        String key = apiKey.path("key").asString();
        for (String path : List.of(
                "/announce",
                "/%s/announce",
                "/%s/announce?info_hash=abc",
                "/%s/scrape",
                "/announce/%s",
                "/announce?passkey=%s",
                "/scrape?passkey=%s&info_hash=x",
                "/%s/nothing",
                "/user/%s",
                "/%s",
                "/docs/%s")) {
            say("GET " + path, gateway.get(path.formatted(passkey)));
        }
        Http direct = new Http(URI.create("http://127.0.0.1:" + stack.announcePort())).from("127.47.0.2");
        say("direct", direct.get("/%s/announce?info_hash=abc&port=0".formatted(passkey)));
        say("direct, unknown path", direct.get("/%s/nothing".formatted(passkey)));
        for (String secret : List.of(passkey, key, session.accessToken(), session.refreshToken())) {
            for (String name : List.of("Authorization", "X-PBTS-Passkey", "X-PBTS-Service-Token")) {
                String value = name.equals("Authorization") ? "Bearer " + secret : secret;
                say(
                        name + " on /report",
                        gateway.ask("POST", "/report", Map.of(name, value), Map.of("user_id", secret)));
                say(
                        name + " on torrents",
                        gateway.ask("POST", "/api/v1/torrents", Map.of(name, value), Map.of("x", secret)));
            }
            say(
                    "broken JSON",
                    gateway.post(
                            "/report",
                            Map.of("Content-Type", "application/json", "X-PBTS-Passkey", passkey),
                            ("{\"user_id\": \"" + secret + "\" " + secret).getBytes(StandardCharsets.UTF_8)));
            say("refresh", gateway.postJson("/api/v1/sessions/refresh", Map.of("refresh_token", secret + "x")));
            say("as a message", Session.post(gateway, secret, secret));
            say("admin door", operator.ask("GET", "/admin/v1/accounts/canary", Session.bearer(secret), null));
        }
        String adminKey = Part.of(stack, "gateway").secret("pbts.admin-key").strip();
        say("admin key outside", gateway.ask("GET", "/api/v1/account", Session.bearer(adminKey), null));
        say("operator", operator.ask("GET", "/admin/v1/accounts/canary", Session.bearer(adminKey), null));
        say("operator, nobody", operator.ask("GET", "/admin/v1/accounts/nobody", Session.bearer(adminKey), null));
        say("account", session.ask("GET", "/api/v1/account", null));
        say("a taken name", gateway.postJson("/register", Map.of("user_id", "canary", "public_key", passkey)));
    }

    private void documents(Member member) {
        for (String path : List.of(
                "/health",
                "/",
                "/docs",
                "/stats",
                "/config",
                "/tee/status",
                "/contract/status",
                "/api/v1/chain/status",
                "/api/v1/chain/epochs",
                "/api/v1/chain/transactions/pending",
                "/api/v1/instance",
                "/user/" + member.userId(),
                "/v3/api-docs/reputation",
                "/v3/api-docs/receipt",
                "/v3/api-docs/announce",
                "/v3/api-docs/contract",
                "/internal/v1/routes",
                "/actuator/env")) {
            say("GET " + path, gateway.get(path));
        }
        for (Part part : Part.all(stack)) {
            Http service = new Http(URI.create("http://127.0.0.1:" + part.port()));
            for (String path : List.of(
                    "/actuator/health",
                    "/actuator/health/readiness",
                    "/actuator/env",
                    "/actuator/heapdump",
                    "/actuator/threaddump",
                    "/actuator/metrics",
                    "/actuator/prometheus",
                    "/v3/api-docs")) {
                say(part.service() + " " + path, service.get(path));
            }
        }
    }

    private void say(String place, Http.Answer answer) {
        String all = answer.raw().headers().map() + "\n" + answer.text();
        said.merge(place, all, (before, more) -> before + "\n" + more);
        assertThat(answer.status()).as(place).isNotIn(500, 501, 502, 504);
    }
}
