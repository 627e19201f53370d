package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final String[] UNSAFE = {
        "/keygen",
        "/keygen-tee",
        "/attest",
        "/generate-attestation",
        "/config",
        "/contract/init",
        "/contract/register",
        "/contract/update",
        "/contract/migrate"
    };

    @Test
    void hasUnsafeRoutesInLocal() throws IOException {
        try (Stack stack = Stack.local()) {
            for (String path : UNSAFE) {
                assertThat(stack.caller().post(path, "{}").body()).startsWith("POST " + path + " HTTP/1.1\n");
            }
            assertThat(stack.caller().get("/internal/v1/instance").status()).isEqualTo(404);
            assertThat(stack.caller().get("/actuator/health").status()).isEqualTo(404);
        }
    }

    @Test
    void hasNoUnsafeRoutesInProductionAndSaysSoInJson() throws IOException {
        try (Stack stack = Stack.production()) {
            for (String path : UNSAFE) {
                HttpMessage answer = stack.caller().post(path, "{}");
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body())
                        .isEqualTo("{\"success\":false,\"error\":\"No such route; GET /docs lists those there are\"}");
            }
            assertThat(stack.caller().get("/config").body()).startsWith("GET /config HTTP/1.1\n");
            assertThat(stack.caller().get("/contract/status").body()).startsWith("GET /contract/status HTTP/1.1\n");
            assertThat(stack.caller().get("/internal/v1/instance").status()).isEqualTo(404);
            assertThat(stack.caller().get("/actuator/health").status()).isEqualTo(404);
        }
    }

    @Test
    void answersWrongMethodsAndUnknownPathsInTheWordsOfTheirRoute() throws IOException {
        try (Stack stack = Stack.production()) {
            HttpMessage legacy = stack.caller().send("DELETE", "/stats", "");
            assertThat(legacy.status()).isEqualTo(405);
            assertThat(legacy.header("allow")).isEqualTo("GET");
            assertThat(legacy.body()).isEqualTo("{\"success\":false,\"error\":\"Method Not Allowed\"}");
            HttpMessage problem = stack.caller().get("/api/v1/nothing");
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.header("content-type")).isEqualTo("application/problem+json");
            assertThat(problem.body()).contains("\"code\":\"not-found\"");
            assertThat(stack.caller().send("OPTIONS", "*", "").status()).isEqualTo(404);
            assertThat(stack.caller().send("PATCH", "/announce", "").status()).isEqualTo(405);
        }
    }
}
