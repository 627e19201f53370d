package io.pbts.support.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static SmallService service;

    @BeforeAll
    static void start() {
        service = SmallService.start("production");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<SpoiledToken> spoiled() {
        return SpoiledToken.matrix("receipt").stream()
                .filter(token -> token.text().length() < 8000)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void everySpoiledTokenIs401WithItsCodeAsAProblem(SpoiledToken token) throws Exception {
        HttpResponse<String> answer = service.get("/api/v1/anyone", TestToken.HEADER, token.text());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"%s\"".formatted(token.code()), "\"status\":401")
                .doesNotContain(token.text());
    }

    @Test
    void withoutATokenNothingPassesAndTheOriginalsRoutesSayItInTheirShape() throws Exception {
        assertThat(service.get("/internal/v1/service").statusCode()).isEqualTo(401);
        assertThat(service.get("/internal/v1/service").body()).contains("\"code\":\"token-missing\"");
        HttpResponse<String> legacy = service.send("POST", "/report");
        assertThat(legacy.statusCode()).isEqualTo(401);
        assertThat(legacy.body()).startsWith("{\"success\":false,\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void theKubeletNeedsNoToken(String path) throws Exception {
        assertThat(service.get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../../internal/v1/service",
                "/actuator/health/..;/..;/internal/v1/service",
                "/actuator/health/%2e%2e/%2e%2e/internal/v1/service",
                "/actuator/healthy",
                "/actuator",
                "/actuator/env",
                "/ACTUATOR/HEALTH",
                "//actuator/health",
                "/internal/v1/service;/actuator/health",
                "/internal/v1/service?x=/actuator/health",
                "/v3/api-docs",
                "/error",
                "/nothing-here"
            })
    void nothingElseIsReachedOnTheWayToHealth(String path) throws Exception {
        assertThat(service.get(path).statusCode()).isIn(400, 401);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        // path, caller, status
        "/api/v1/anyone, anonymous, 200",
        "/api/v1/anyone, api-key, 200",
        "/api/v1/anyone, announce, 200",
        "/api/v1/loopback, visitor, 403",
        "/api/v1/loopback, anonymous, 403",
        "/api/v1/loopback, admin, 403",
        "/api/v1/passkey, anonymous, 401",
        "/api/v1/passkey, passkey, 200",
        "/api/v1/passkey, blank-passkey, 401",
        "/api/v1/passkey, session, 403",
        "/api/v1/account, anonymous, 401",
        "/api/v1/account, passkey, 401",
        "/api/v1/account, session, 200",
        "/api/v1/account, api-key, 403",
        "/api/v1/account, admin, 403",
        "/api/v1/account, announce, 403",
        "/api/v1/scope, anonymous, 401",
        "/api/v1/scope, session, 200",
        "/api/v1/scope, api-key, 200",
        "/api/v1/scope, other-api-key, 403",
        "/api/v1/scope, admin, 403",
        "/api/v1/admin, anonymous, 401",
        "/api/v1/admin, session, 403",
        "/api/v1/admin, announce, 403",
        "/api/v1/admin, admin, 200",
        "/internal/v1/announce-only, announce, 200",
        "/internal/v1/announce-only, contract, 403",
        "/internal/v1/announce-only, gateway, 403",
        "/internal/v1/announce-only, anonymous, 403",
        "/internal/v1/announce-only, session, 403",
        "/internal/v1/announce-only, admin, 403",
        "/internal/v1/service, contract, 200",
        "/internal/v1/service, passkey, 403",
        "/internal/v1/routes, gateway, 200",
        "/internal/v1/routes, announce, 403",
        "/internal/v1/routes, visitor, 403",
        "/v3/api-docs, gateway, 200",
        "/v3/api-docs, announce, 403",
        "/v3/api-docs, anonymous, 403",
        "/v3/api-docs.yaml, anonymous, 403",
        "/error, gateway, 404",
        "/nothing-here, anonymous, 404"
    })
    void eachRouteIsOpenToItsCallersOnly(String path, String caller, int status) throws Exception {
        HttpResponse<String> answer = service.get(path, headers(caller));
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.body()).contains("\"code\":\"credentials-missing\"");
        }
        if (status == 403 && !path.startsWith("/v3")) {
            assertThat(answer.body()).contains("\"code\":\"not-allowed\"");
        }
    }

    @Test
    void aRefusalNamesWhatIsNeeded() throws Exception {
        assertThat(service.send("POST", "/report", headers("other-api-key")).body())
                .contains("passkey", "API key with scope report");
    }

    @Test
    void theDescriptionOfAServiceDoesNotTakeTheCallerForAParameter() throws Exception {
        String description = service.get("/v3/api-docs", headers("gateway")).body();
        assertThat(description)
                .contains("/api/v1/account")
                .doesNotContain("\"name\":\"caller\"", "\"name\":\"account\"", "/internal/v1/routes");
    }

    @Test
    void noOtherMethodOfARouteIsOpen() throws Exception {
        assertThat(service.send("OPTIONS", "/internal/v1/service", headers("anonymous"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(service.send("HEAD", "/internal/v1/service", headers("anonymous"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(service.send("DELETE", "/api/v1/anyone", headers("anonymous"))
                        .statusCode())
                .isEqualTo(405);
    }

    /** Of forms we know nothing, and so not whether they are well-formed. */
    @ParameterizedTest
    @ValueSource(strings = {"a=1", "a=%zz", "%"})
    void aFormIsNoBodyOfOursHoweverItIsSpoiled(String form) throws Exception {
        String token =
                TestKeys.token("gateway", "receipt").asAnonymous("192.0.2.1").text();
        String[] headers = {TestToken.HEADER, token, "Content-Type", "application/x-www-form-urlencoded"};
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertThat(service.sendBody(method, "/api/v1/anyone", form, headers).statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void aHeaderOfTheCallersOwnNeverChangesWhereHeIs() throws Exception {
        try (var local = SmallService.start("local")) {
            for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-PBTS-Client-Address")) {
                String value = header.equals("Forwarded") ? "for=127.0.0.1" : "127.0.0.1";
                String token = TestKeys.token("gateway", "receipt")
                        .asAnonymous("192.0.2.1")
                        .text();
                assertThat(local.get("/api/v1/loopback", TestToken.HEADER, token, header, value)
                                .statusCode())
                        .isEqualTo(403);
            }
            for (String address : List.of("127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1")) {
                String token = TestKeys.token("gateway", "receipt")
                        .asAnonymous(address)
                        .text();
                assertThat(local.get("/api/v1/loopback", TestToken.HEADER, token)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(local.get("/api/v1/loopback", headers("announce")).statusCode())
                    .isEqualTo(403);
        }
    }

    private static String[] headers(String caller) {
        TestToken gateway = TestKeys.token("gateway", "receipt");
        TestToken anonymous = gateway.asAnonymous("192.0.2.1");
        return switch (caller) {
            case "visitor" -> of(TestKeys.visitor("receipt"));
            case "anonymous" -> of(anonymous);
            case "passkey" -> new String[] {TestToken.HEADER, anonymous.text(), "X-PBTS-Passkey", "a".repeat(32)};
            case "blank-passkey" -> new String[] {TestToken.HEADER, anonymous.text(), "X-PBTS-Passkey", " "};
            case "session" -> of(gateway.asAccount(17, "alice"));
            case "api-key" -> of(gateway.asApiKey(17, "alice", "report"));
            case "other-api-key" -> of(gateway.asApiKey(17, "alice", "torrents", "account:read"));
            case "admin" -> of(gateway.asAdmin());
            default -> of(TestKeys.token(caller, "receipt"));
        };
    }

    private static String[] of(TestToken token) {
        return new String[] {TestToken.HEADER, token.text()};
    }
}
