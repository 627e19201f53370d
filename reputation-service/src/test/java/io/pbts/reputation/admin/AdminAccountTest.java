package io.pbts.reputation.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestSession;
import io.pbts.reputation.TestUser;
import io.pbts.support.testing.TestKeys;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What the operator may do with one account. */
@ExtendWith(OutputCaptureExtension.class)
class AdminAccountTest extends RunningService {
    private final Signer signer = Signer.freshWallet();
    private final String name = "locked-" + Signer.SIGNERS.incrementAndGet();
    private TestSession session;
    private String apiKey;

    @BeforeEach
    void anAccountWithEverything() {
        signer.enrol(DATABASE, name);
        session = TestSession.of(signer.signIn(client()));
        apiKey = client().as(session.token())
                .post("/api/v1/account/api-keys", """
                        {"name":"bot","scopes":["report"]}""")
                .text("key");
    }

    private ServiceClient admin() {
        return client().as(TestKeys.token("gateway", "reputation").asAdmin());
    }

    @Test
    void theOperatorSeesAnAccountWithoutItsSecrets() {
        Reply reply = admin().get("/admin/v1/accounts/" + name);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().propertyNames())
                .containsExactly(
                        "account_id",
                        "user_id",
                        "chain_account",
                        "registered_at",
                        "bytes",
                        "keys",
                        "passkeys",
                        "sessions",
                        "api_keys");
        assertThat(reply.body().at("/keys/0/kind").asString()).isEqualTo("wallet");
        assertThat(reply.body().at("/keys/0/revoked_at").isNull()).isTrue();
        assertThat(reply.body().at("/passkeys/0/expires_at").isNull()).isTrue();
        assertThat(reply.body().path("sessions").size()).isEqualTo(1);
        assertThat(reply.body().at("/api_keys/0/name").asString()).isEqualTo("bot");
        assertThat(reply.body().toString())
                .doesNotContain(session.refreshToken())
                .doesNotContain(session.id())
                .doesNotContain(apiKey);
    }

    @Test
    void aLockOutEndsSessionsApiKeysAndPasskeysAtOnceAndTheFeedSaysSo(CapturedOutput output) {
        String feed = "/internal/v1/standings?after=";
        String cursor = get(feed).body().path("cursor").asString();
        var second = TestSession.of(signer.signIn(client()));

        Reply reply = admin().post("/admin/v1/accounts/" + name + "/lockout", "");
        assertThat(reply.body().toString())
                .isEqualTo("{\"user_id\":\"%s\",\"sessions\":2,\"api_keys\":1,\"passkeys\":1}".formatted(name));

        assertThat(post("/api/v1/sessions/refresh", TestUser.json(second.refreshForm()))
                        .text("code"))
                .isEqualTo("refresh-unknown");
        assertThat(client().as(session.token()).get("/api/v1/account/api-keys").text("code"))
                .isEqualTo("session-ended");
        assertThat(count("select count(*) from reputation.api_key where key_hash = sha256('%s')".formatted(apiKey)))
                .isZero();
        JsonNode changed = get(feed + cursor).body().path("items");
        assertThat(changed.valueStream()
                        .filter(item -> item.path("user_id").asString().equals(name)))
                .singleElement()
                .satisfies(item ->
                        assertThat(item.path("passkey_hashes").isEmpty()).isTrue());
        assertThat(output.getAll()).contains("event=lockout by=admin user=" + name);
    }

    @Test
    void aLockedOutOwnerSignsInAgainAndASecondLockOutFindsOnlyThat() {
        String route = "/admin/v1/accounts/" + name + "/lockout";
        admin().post(route, "");
        String cursor = get("/internal/v1/standings").body().path("cursor").asString();
        TestSession.of(signer.signIn(client()));

        assertThat(admin().post(route, "").body().toString())
                .isEqualTo("{\"user_id\":\"%s\",\"sessions\":1,\"api_keys\":0,\"passkeys\":0}".formatted(name));
        assertThat(get("/internal/v1/standings?after=" + cursor)
                        .body()
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    /** A thief who rotates the passkey, adds API keys and revokes keys in the same moment keeps nothing of it. */
    @Test
    void whatASessionDoesDuringALockOutDoesNotOutliveIt() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 20; round++) {
                ServiceClient thief = signedIn(signer);
                String wish = """
                        {"name":"thief %d","scopes":["report"]}""".formatted(round);
                List<Callable<Reply>> calls = List.of(
                        () -> thief.post("/api/v1/account/passkey", "{}"),
                        () -> thief.post("/api/v1/account/api-keys", wish),
                        () -> thief.post("/api/v1/account/passkey", "{\"grace_seconds\":0}"),
                        () -> admin().post("/admin/v1/accounts/" + name + "/lockout", ""));
                for (var done : threads.invokeAll(calls)) {
                    assertThat(done.resultNow().status()).isIn(200, 201, 401, 409);
                }
                assertThat(count("""
                        select (select count(*) from reputation.passkey p join reputation.account a using (account_id)
                                where a.user_id = '%1$s' and (p.expires_at is null or p.expires_at > now()))
                            + (select count(*) from reputation.api_key k join reputation.account a using (account_id)
                                where a.user_id = '%1$s')""".formatted(name))).isZero();
            }
        }
    }

    @Test
    void anUnknownNameIs404() {
        assertThat(admin().get("/admin/v1/accounts/nobody").status()).isEqualTo(404);
        assertThat(admin().get("/admin/v1/accounts/a%20b").status()).isEqualTo(404);
        assertThat(admin().post("/admin/v1/accounts/nobody/lockout", "").status())
                .isEqualTo(404);
    }

    @Test
    void nobodyElseIsTheOperator() {
        String route = "/admin/v1/accounts/" + name;
        assertThat(client().get(route).status()).isEqualTo(401);
        assertThat(client().as(session.token()).get(route).status()).isEqualTo(403);
        assertThat(client().as(session.token()).post(route + "/lockout", "").status())
                .isEqualTo(403);
        assertThat(client().as(TestKeys.token("contract", "reputation"))
                        .post(route + "/lockout", "")
                        .status())
                .isEqualTo(403);
    }
}
