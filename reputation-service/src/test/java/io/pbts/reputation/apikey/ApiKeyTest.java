package io.pbts.reputation.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.hash.Sha256;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestSession;
import io.pbts.support.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Keys for programs: made by a session, shown once, resolved for the gateway, revoked at once. */
class ApiKeyTest extends RunningService {
    private static final String ROUTE = "/api/v1/account/api-keys";

    @Autowired
    private ApiKeys keys;

    private final Signer signer = Signer.freshWallet();
    private final String name = "keys-" + Signer.SIGNERS.incrementAndGet();
    private long account;
    private ServiceClient owner;

    @BeforeEach
    void signedIn() {
        account = signer.enrol(DATABASE, name);
        owner = signedIn(signer);
    }

    private Reply create(String keyName) {
        return owner.post(ROUTE, """
                {"name":"%s","scopes":["report","account:read"]}""".formatted(keyName));
    }

    private Reply resolve(String key) {
        Bytes hash = Sha256.hash(Bytes.wrap(key.getBytes(StandardCharsets.US_ASCII)));
        return post("/internal/v1/api-keys/resolve", """
                {"hash":"%s"}""".formatted(hash.toUnprefixedHexString()));
    }

    @Test
    void aKeyIsShownOnceAndTellsTheGatewayWhoseItIsAndWhatFor() {
        Reply created = create("seed box");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(created.body().propertyNames())
                .containsExactly("id", "name", "scopes", "created_at", "expires_at", "key");
        assertThat(created.text("key")).matches("pbts_[A-Za-z0-9_-]{43}");
        assertThat(resolve(created.text("key")).body().toString())
                .isEqualTo(
                        "{\"account_id\":%d,\"user_id\":\"%s\",\"scopes\":[\"report\",\"account:read\"],\"name\":\"seed box\"}"
                                .formatted(account, name));

        Reply listed = owner.get(ROUTE);
        assertThat(listed.body().path("api_keys").size()).isEqualTo(1);
        assertThat(listed.body().at("/api_keys/0").propertyNames())
                .containsExactly("id", "name", "scopes", "created_at", "expires_at", "last_used_on");
        assertThat(listed.body().at("/api_keys/0/last_used_on").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(listed.body().toString()).doesNotContain(created.text("key").substring(5));
        assertThat(count("select count(*) from reputation.api_key where key_hash = sha256('%s')"
                        .formatted(created.text("key"))))
                .isEqualTo(1);
    }

    @Test
    void aRevokedKeyIsUnknownAndItsNameFree() {
        Reply created = create("lost");
        String route = ROUTE + "/" + created.body().path("id").asLong();

        assertThat(owner.delete(route).status()).isEqualTo(204);
        assertThat(resolve(created.text("key")).status()).isEqualTo(404);
        assertThat(resolve(created.text("key")).text("code")).isEqualTo("api-key-unknown");
        assertThat(owner.delete(route).status()).isEqualTo(404);
        assertThat(create("lost").status()).isEqualTo(201);
    }

    @Test
    void nobodySeesOrRevokesTheKeyOfAnother() {
        long id = create("mine").body().path("id").asLong();
        Signer other = Signer.freshBls();
        other.enrol(DATABASE, "thief-" + Signer.SIGNERS.incrementAndGet());
        ServiceClient thief = signedIn(other);

        assertThat(thief.delete(ROUTE + "/" + id).status()).isEqualTo(404);
        assertThat(thief.get(ROUTE).body().path("api_keys").isEmpty()).isTrue();
        assertThat(owner.get(ROUTE).body().path("api_keys").size()).isEqualTo(1);
    }

    @Test
    void onlyASessionMakesListsAndRevokesKeys() {
        ServiceClient byKey = client().as(TestKeys.token("gateway", "reputation")
                .asApiKey(account, name, "report", "torrents", "account:read"));

        assertThat(byKey.post(ROUTE, "{}").status()).isEqualTo(403);
        assertThat(byKey.get(ROUTE).status()).isEqualTo(403);
        assertThat(byKey.delete(ROUTE + "/1").status()).isEqualTo(403);
        assertThat(client().post(ROUTE, "{}").status()).isEqualTo(401);
    }

    @Test
    void onlyTheOperatorMakesAnAuditor() {
        String route = "/admin/v1/accounts/" + name + "/auditor-keys";
        String wish = "{\"name\":\"auditor\",\"expires_in_days\":30}";
        ServiceClient admin =
                client().as(TestKeys.token("gateway", "reputation").asAdmin());

        assertThat(owner.post(ROUTE, "{\"name\":\"x\",\"scopes\":[\"audit\"]}").text("code"))
                .isEqualTo("invalid-scopes");
        assertThat(owner.post(route, wish).status()).isEqualTo(403);
        Reply made = admin.post(route, wish);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(resolve(made.text("key")).body().path("scopes").toString()).isEqualTo("[\"audit\"]");
        assertThat(owner.get(ROUTE).body().at("/api_keys/0/scopes/0").asString())
                .isEqualTo("audit");
        assertThat(admin.post(route, wish).text("code")).isEqualTo("name-taken");
        assertThat(admin.post(route, "{\"name\":\"\"}").text("code")).isEqualTo("invalid-name");
        assertThat(admin.post("/admin/v1/accounts/nobody/auditor-keys", wish).status())
                .isEqualTo(404);
    }

    @Test
    void onlyTheGatewayResolvesKeys() {
        String question = """
                {"hash":"%s"}""".formatted("00".repeat(32));

        for (String service : List.of("announce", "receipt", "contract")) {
            assertThat(client().as(TestKeys.token(service, "reputation"))
                            .post("/internal/v1/api-keys/resolve", question)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(client().as(TestKeys.visitor("reputation"))
                        .post("/internal/v1/api-keys/resolve", question)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-name",
                "{'name':'','scopes':['report']} | invalid-name",
                "{'name':' x','scopes':['report']} | invalid-name",
                "{'name':'a\\nb','scopes':['report']} | invalid-name",
                "{'name':'a\\u202eb','scopes':['report']} | invalid-name",
                "{'name':'x'} | invalid-scopes",
                "{'name':'x','scopes':[]} | invalid-scopes",
                "{'name':'x','scopes':[null]} | invalid-scopes",
                "{'name':'x','scopes':['everything']} | invalid-scopes",
                "{'name':'x','scopes':['report','report','report','report']} | invalid-scopes",
                "{'name':'x','scopes':['report'],'expires_in_days':0} | invalid-expiry",
                "{'name':'x','scopes':['report'],'expires_in_days':3651} | invalid-expiry",
            })
    void aMalformedWishIs400(String wish, String code) {
        Reply reply = owner.post(ROUTE, wish.replace('\'', '"'));

        assertThat(reply.text("code")).as("%s", reply.body()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aNameHasAtMost64CharactersAndBelongsToOneKey() {
        assertThat(create("n".repeat(65)).text("code")).isEqualTo("invalid-name");
        assertThat(create("n".repeat(64)).status()).isEqualTo(201);
        assertThat(create("n".repeat(64)).status()).isEqualTo(409);
        assertThat(create("n".repeat(64)).text("code")).isEqualTo("name-taken");
    }

    @Test
    void aKeyEndsWithItsDaysAndMakesRoom() {
        Reply created = owner.post(ROUTE, """
                {"name":"short","scopes":["torrents"],"expires_in_days":1}""");
        assertThat(created.body().path("expires_at").asLong()
                        - created.body().path("created_at").asLong())
                .isEqualTo(86_400);
        assertThat(resolve(created.text("key")).status()).isEqualTo(200);

        sql("update reputation.api_key set expires_at = now() where account_id = " + account);
        assertThat(resolve(created.text("key")).status()).isEqualTo(404);
        assertThat(owner.get(ROUTE).body().path("api_keys").isEmpty()).isTrue();
        assertThat(create("short").status()).isEqualTo(201);
    }

    @Test
    void anAccountHasThirtyTwoKeysAlsoWhenTheyAreMadeAtOnce() throws Exception {
        List<Callable<Reply>> wishes = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> wishes.add(() -> create("key " + i)));

        try (var threads = Executors.newFixedThreadPool(8)) {
            var replies = threads.invokeAll(wishes).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(32);
            assertThat(replies)
                    .filteredOn(reply -> reply.text("code").equals("too-many-api-keys"))
                    .hasSize(8);
        }
    }

    @Test
    void aKeyIsNotMadeByASessionThatHasEnded() {
        var session = TestSession.of(signer.signIn(client()));
        ServiceClient ended = client().as(session.token());
        ended.delete("/api/v1/sessions/current");

        Reply refused = ended.post(ROUTE, """
                {"name":"late","scopes":["report"]}""");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("code")).isEqualTo("session-ended");
    }

    @ParameterizedTest
    @CsvSource({"{}", "{\"hash\":\"zz\"}", "{\"hash\":\"00\"}"})
    void aHashIsSixtyFourDigits(String question) {
        Reply reply = post("/internal/v1/api-keys/resolve", question);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("invalid-hash");
    }

    @Test
    void expiredKeysAreSwept() {
        create("old");
        sql("update reputation.api_key set expires_at = now() - interval '1 s' where account_id = " + account);
        while (keys.purge()) {
            assertThat(count("select count(*) from reputation.api_key where expires_at < now()"))
                    .isPositive();
        }
        assertThat(count("select count(*) from reputation.api_key where account_id = " + account))
                .isZero();
    }
}
