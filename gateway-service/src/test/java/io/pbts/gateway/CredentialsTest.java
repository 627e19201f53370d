package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.SessionToken;
import io.pbts.gateway.testing.Stack;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialsTest {
    private static final String INSTANCE = "ab".repeat(32);
    private static final String API_KEY = "pbts_" + "a1B-_".repeat(8) + "xyz";
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production("pbts.gateway.access.remember-for=300ms");
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @BeforeEach
    void listen() {
        ASKED.set(0);
        stack.receipt.behave(FakeService::echo);
        stack.reputation.behave((request, socket) -> {
            if (request.startLine().startsWith("GET /internal/v1/instance ")) {
                FakeService.write(socket, 200, "application/json", "{\"instance_id\":\"" + INSTANCE + "\"}");
            } else if (request.startLine().startsWith("GET /internal/v1/sessions/" + SessionToken.SESSION + " ")) {
                FakeService.write(socket, 200, "application/json", "{\"account_id\":17}");
            } else if (request.startLine().startsWith("POST /internal/v1/api-keys/resolve ")) {
                ASKED.incrementAndGet();
                assertThat(request.header("x-pbts-service-token")).isNotEmpty();
                boolean known = request.body().contains(hash(API_KEY));
                String body =
                        "{\"account_id\":17,\"user_id\":\"alice\",\"scopes\":[\"report\",\"later\"],\"name\":\"seedbox\"}";
                FakeService.write(socket, known ? 200 : 404, "application/json", known ? body : "{}");
            } else {
                FakeService.echo(request, socket);
            }
        });
    }

    @Test
    void vouchesForSomebodyWhoShowsNothing() {
        assertThat(caller(stack.caller().get("/config"), "receipt"))
                .isEqualTo(Map.of("kind", "anonymous", "address", "127.0.0.1"));
        assertThat(caller(stack.caller("::1").get("/config"), "receipt").get("address"))
                .isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void vouchesForWhoeverSignedIn() {
        HttpMessage answer =
                stack.caller().get("/stats", bearer(SessionToken.of(INSTANCE).text()));
        assertThat(caller(answer, "reputation"))
                .containsEntry("kind", "account")
                .containsEntry("account_id", "17")
                .containsEntry("user_id", "alice")
                .containsEntry("credential", "session")
                .containsEntry("credential_id", SessionToken.SESSION);
        assertThat(answer.body()).doesNotContainIgnoringCase("authorization");
    }

    @Test
    void vouchesForTheOwnerOfAnApiKeyAndItsScopes() {
        HttpMessage answer = stack.caller().post("/report", "{}", bearer(API_KEY));
        assertThat(caller(answer, "receipt"))
                .containsEntry("user_id", "alice")
                .containsEntry("scopes", List.of("report"))
                .containsEntry("credential", "api-key")
                .containsEntry("credential_id", "seedbox");
        assertThat(answer.body()).doesNotContain(API_KEY);
    }

    @Test
    void asksOnceInAWhileWhoseAnApiKeyIs() {
        String stranger = "pbts_" + "z".repeat(43);
        for (int times = 0; times < 10; times++) {
            assertThatRefused(stack.caller().get("/stats", bearer(stranger)), "api-key-unknown");
        }
        assertThat(ASKED.get()).isBetween(1, 4);
        assertThatRefused(stack.caller().get("/stats", bearer("pbts_short")), "api-key-unknown");
        assertThat(ASKED.get()).isBetween(1, 4);
    }

    @Test
    void decidesNothingWhileNobodyCanSayWhoseAnApiKeyIs() throws IOException {
        stack.reputation.whileAway(() -> {
            HttpMessage answer = stack.caller().post("/report", "{}", bearer("pbts_" + "q".repeat(43)));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("2");
        });
        assertThat(stack.caller().post("/report", "{}", bearer(API_KEY)).status())
                .isEqualTo(200);
    }

    static List<SpoiledToken> spoiled() {
        return SessionToken.matrix(INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void refusesASpoiledSessionToken(SpoiledToken token) {
        HttpMessage answer = stack.caller().get("/api/v1/account", bearer(token.text()));
        assertThat(answer.status()).as(token.name()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"" + token.code() + "\"");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @CsvSource({"Basic YTpi", "Bearer", "Bearer a b", "Token abc", "bearer,abc", "Bearer \u00e9"})
    void refusesWhatIsNoBearerCredential(String value) {
        assertThatRefused(stack.caller().get("/stats", "Authorization: " + value), "token-malformed");
    }

    @Test
    void takesOneCredentialAtATime() {
        String session = bearer(SessionToken.of(INSTANCE).text());
        for (String second : List.of("X-PBTS-Passkey: abc", session, bearer(API_KEY))) {
            HttpMessage answer = stack.caller().get("/api/v1/account", session, second);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"two-credentials\"");
        }
    }

    @Test
    void looksAtNoCredentialOnTrackerPaths() {
        HttpMessage answer = stack.caller().get("/announce?x", "Authorization: Bearer nonsense", "X-PBTS-Passkey: a");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContainIgnoringCase("authorization");
        assertThat(claims(answer, "announce").getClaims()).doesNotContainKey("caller");
    }

    @Test
    void showsAFreshTokenNoServiceOfWhichItIsNot() throws ParseException {
        String forged = TestKeys.token("gateway", "receipt").asAdmin().text();
        HttpMessage answer = stack.caller().get("/config", "X-PBTS-Service-Token: " + forged);
        assertThat(caller(answer, "receipt")).containsEntry("kind", "anonymous");
        assertThat(answer.headers().stream().filter(line -> line.contains(forged)))
                .isEmpty();
    }

    private static void assertThatRefused(HttpMessage answer, String code) {
        assertThat(answer.status()).as(code).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String hash(String key) {
        return io.pbts.gateway.access.Credentials.fingerprint(key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> caller(HttpMessage echoed, String audience) {
        return (Map<String, Object>) claims(echoed, audience).getClaim("caller");
    }

    private static JWTClaimsSet claims(HttpMessage echoed, String audience) {
        String token = echoed.body()
                .lines()
                .filter(line -> line.startsWith("X-PBTS-Service-Token: "))
                .map(line -> line.substring(22))
                .reduce((first, second) -> first + " and " + second)
                .orElseThrow();
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            assertThat(claims.getIssuer()).isEqualTo("gateway");
            assertThat(claims.getAudience()).containsExactly(audience);
            return claims;
        } catch (ParseException e) {
            throw new AssertionError("not a token: " + token, e);
        }
    }
}
