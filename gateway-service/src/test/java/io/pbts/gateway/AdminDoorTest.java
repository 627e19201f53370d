package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminDoorTest {
    private static final String KEY = "Authorization: Bearer " + Stack.ADMIN_KEY;
    private static final String[] WRITES = {
        "/contract/init",
        "/contract/register",
        "/contract/update",
        "/contract/migrate",
        "/admin/v1/accounts/alice/lockout"
    };

    @Test
    void hasItsOwnRoutesForWhoeverShowsTheKeyAndNoOthers() throws IOException {
        try (Stack stack = Stack.production()) {
            for (String path : WRITES) {
                assertThat(stack.operator().post(path, "{}", KEY).body()).startsWith("POST " + path + " HTTP/1.1\n");
                assertThat(stack.operator().post(path, "{}").status()).isEqualTo(401);
                assertThat(stack.operator().post(path, "{}").header("www-authenticate"))
                        .isEqualTo("Bearer");
                assertThat(stack.caller().post(path, "{}", KEY).status()).isEqualTo(404);
            }
            assertThat(stack.operator().get("/admin/v1/accounts/alice", KEY).body())
                    .startsWith("GET /admin/v1/");
            assertThat(stack.caller().get("/admin/v1/accounts/alice", KEY).status())
                    .isEqualTo(404);
            assertThat(stack.operator().get("/health").status()).isNotEqualTo(404);
            for (String path : new String[] {"/", "/stats", "/announce?x", "/docs", "/config", "/internal/v1/routes"}) {
                assertThat(stack.operator().get(path, KEY).status()).as(path).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer x", "Basic b3BlcmF0b3I6", "Bearer ", "Bearer operator-0f8e2b7c-9d41-4a6e-b3c5-71d", ""})
    void refusesEveryOtherKey(String shown) throws IOException {
        try (Stack stack = Stack.production()) {
            HttpMessage answer = stack.operator().get("/admin/v1/accounts/alice", "Authorization: " + shown);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void takesTheNextKeyWithoutARestart() throws IOException {
        try (Stack stack = Stack.production("pbts.secrets-look=50ms")) {
            String next = "operator-7c1d9a40-55e2-4b1f-9f0e-2a6b";
            Files.writeString(stack.secrets.resolve("pbts.admin-key"), next);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> stack.operator()
                                    .get("/admin/v1/accounts/alice", "Authorization: Bearer " + next)
                                    .status()
                            == 200);
            assertThat(stack.operator().get("/admin/v1/accounts/alice", KEY).status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "203.0.113.7", "2001:db8::1", "169.254.1.1", "fe80::1", "100.64.0.1"})
    void doesNotStartInProductionWhereStrangersCouldReachIt(String address) {
        assertThatThrownBy(
                        () -> Stack.production("PBTS_ADMIN_ADDRESS=" + address).close())
                .hasStackTraceContaining("PBTS_ADMIN_ADDRESS is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changeme", "short", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""})
    void doesNotStartInProductionWithAWeakKey(String key) {
        var secrets = TestKeys.secretsFor("gateway", Map.of("pbts.admin-key", key));
        assertThatThrownBy(() -> Stack.production("pbts.secrets-dir=" + secrets).close())
                .hasStackTraceContaining("pbts.admin-key cannot be used");
    }

    @Test
    void doesNotStartInProductionWithoutAKey() {
        var secrets = TestKeys.secretsFor("gateway");
        assertThatThrownBy(() -> Stack.production("pbts.secrets-dir=" + secrets).close())
                .hasStackTraceContaining("pbts.admin-key");
    }
}
