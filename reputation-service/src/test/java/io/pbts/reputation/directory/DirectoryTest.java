package io.pbts.reputation.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Collections;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;

/** What the other services ask. */
@ActiveProfiles(profiles = "local", inheritProfiles = false)
class DirectoryTest extends RunningService {
    private final TestUser user = TestUser.fresh();
    private String passkeyHash;

    @BeforeEach
    void registered() {
        Reply reply = post("/register", TestUser.json(user.unsignedForm()));
        passkeyHash = new Passkey(reply.text("passkey"))
                .hash(PasskeyHashKey.fromHex(PASSKEY_KEY))
                .hex();
    }

    private String keyHex() {
        return user.key().publicKey().bytes().toUnprefixedHexString();
    }

    private Reply resolve(String question) {
        return post("/internal/v1/accounts/resolve", question);
    }

    @Test
    void keysPasskeysAndNamesAreResolvedInOneQuestionAndUnknownOnesLeftOut() {
        Reply reply = resolve("""
                {"keys":[{"kind":"bls","value":"%s"},{"kind":"bls","value":"%s"},
                    {"kind":"address","value":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"}],
                 "passkey_hashes":["%s","%s"], "user_ids":["%s","nobody","no/name"]}
                """.formatted(keyHex(), "ab".repeat(48), passkeyHash, "cd".repeat(32), user.name()));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode key = reply.body().at("/keys/0");
        assertThat(reply.body().path("keys").size()).isEqualTo(1);
        assertThat(key.path("kind").asString()).isEqualTo("bls");
        assertThat(key.path("value").asString()).isEqualTo(keyHex());
        assertThat(key.path("proven").asBoolean(true)).isFalse();
        JsonNode account = key.path("account");
        assertThat(account.path("account_id").isIntegralNumber()).isTrue();
        assertThat(account.path("user_id").asString()).isEqualTo(user.name());
        assertThat(account.path("chain_account").asString())
                .isEqualTo(Keccak256.hash(user.key().publicKey().bytes()).toUnprefixedHexString());
        assertThat(reply.body().path("passkey_hashes").toString())
                .isEqualTo("[{\"value\":\"%s\",\"account\":%s}]".formatted(passkeyHash, account));
        assertThat(reply.body().path("user_ids").toString())
                .isEqualTo("[{\"value\":\"%s\",\"account\":%s}]".formatted(user.name(), account));
    }

    @Test
    void aWalletIsFoundByItsAddress() throws Exception {
        try (Connection superuser = DATABASE.superuser()) {
            superuser.createStatement().execute("""
                    insert into reputation.account_key (kind, public_key, account_id, possession_proven, added_at)
                    select 2, decode('70997970c51812dc3a010c7d01b50e0d17dc79c8', 'hex'), account_id, true, now()
                    from reputation.account where user_id = '%s' on conflict do nothing
                    """.formatted(user.name()));
        }

        Reply reply = resolve("""
                {"keys":[{"kind":"address","value":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8"}]}""");
        assertThat(reply.body().at("/keys/0/value").asString()).isEqualTo("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        assertThat(reply.body().at("/keys/0/proven").asBoolean()).isTrue();
    }

    @Test
    void aRevokedKeyFindsItsHolderStillAndAnExpiredPasskeyNobody() throws Exception {
        try (Connection superuser = DATABASE.superuser()) {
            superuser
                    .createStatement()
                    .execute(
                            "update reputation.account_key set revoked_at = '2026-11-20T12:00:00Z' where encode(public_key, 'hex') = '%s'"
                                    .formatted(keyHex()));
            superuser
                    .createStatement()
                    .execute("update reputation.passkey set expires_at = now() where encode(passkey_hash, 'hex') = '%s'"
                            .formatted(passkeyHash));
        }

        Reply reply = resolve("""
                {"keys":[{"kind":"bls","value":"%s"}],"passkey_hashes":["%s"]}""".formatted(keyHex(), passkeyHash));
        assertThat(reply.body().at("/keys/0/revoked_at").asLong()).isEqualTo(1_795_176_000);
        assertThat(reply.body().at("/keys/0/account/user_id").asString()).isEqualTo(user.name());
        assertThat(reply.body().path("passkey_hashes").isEmpty()).isTrue();
        assertThat(get("/internal/v1/standings/by-passkey/" + passkeyHash).status())
                .isEqualTo(404);
        assertThat(get("/internal/v1/standings/by-user/" + user.name())
                        .body()
                        .path("passkey_hashes")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void moreThan1024LookupsAtOnceAreRefused() {
        String names = String.join(",", Collections.nCopies(1024, "\"x\""));

        assertThat(resolve("{\"user_ids\":[%s]}".formatted(names)).status()).isEqualTo(200);
        Reply refused = resolve("{\"passkey_hashes\":[\"%s\"],\"user_ids\":[%s]}".formatted(passkeyHash, names));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("too-many-lookups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[{\"kind\":\"rsa\",\"value\":\"00\"}]}",
                "{\"keys\":[{\"kind\":\"bls\",\"value\":\"00\"}]}",
                "{\"keys\":[{\"kind\":\"bls\"}]}",
                "{\"keys\":[{\"value\":\"00\"}]}",
                "{\"keys\":[null]}",
                "{\"keys\":[{\"kind\":\"address\",\"value\":\"0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266\"}]}",
                "{\"passkey_hashes\":[\"zz\"]}",
                "{\"passkey_hashes\":[null]}",
                "{\"user_ids\":[null]}",
                "{\"user_ids\":7}",
            })
    void aMalformedQuestionIs400(String question) {
        assertThat(resolve(question).status()).isEqualTo(400);
    }

    @Test
    void anAccountsStandingIsFoundByItsName() {
        Reply reply = get("/internal/v1/standings/by-user/" + user.name());

        assertThat(reply.body().propertyNames())
                .containsExactly(
                        "account_id",
                        "user_id",
                        "passkey_hashes",
                        "expiring_passkeys",
                        "allowed",
                        "ratio",
                        "min_ratio",
                        "bytes_owed",
                        "announced");
        assertThat(reply.body().path("allowed").asBoolean()).isTrue();
        assertThat(reply.body().path("ratio").isNull()).isTrue();
        assertThat(reply.text("min_ratio")).isEqualTo("0.50");
        assertThat(reply.body().path("bytes_owed").asLong(-1)).isZero();
        assertThat(get("/internal/v1/standings/by-user/nobody").status()).isEqualTo(404);
        assertThat(get("/internal/v1/standings/by-user/a%20b").status()).isEqualTo(404);
        assertThat(get("/internal/v1/standings/by-passkey/zz").status()).isEqualTo(400);
    }

    @Test
    void theFeedsCarryANewAccountOnce() {
        JsonNode standings = get("/internal/v1/standings").body();
        assertThat(standings.path("items").valueStream().filter(this::isUser)).hasSize(1);
        assertThat(standings.path("more").asBoolean(true)).isFalse();

        JsonNode enrolments = get("/internal/v1/enrolments").body();
        assertThat(enrolments.path("items").valueStream().filter(this::isUser))
                .singleElement()
                .satisfies(enrolment -> {
                    assertThat(enrolment.path("chain_account").asString())
                            .isEqualTo(Keccak256.hash(user.key().publicKey().bytes())
                                    .toUnprefixedHexString());
                    assertThat(enrolment.path("name_hash").asString())
                            .isEqualTo(Keccak256.hash(Bytes.wrap(user.name().getBytes(StandardCharsets.UTF_8)))
                                    .toUnprefixedHexString());
                    assertThat(enrolment.path("credit_mib").asLong()).isEqualTo(1024);
                });
        String after =
                "/internal/v1/enrolments?after=" + enrolments.path("cursor").asString();
        assertThat(get(after).body().path("items").isEmpty()).isTrue();
    }

    @Test
    void anAccountThatIsBeingMadeAcrossACutIsEnrolledAfterwards() throws Exception {
        String start = "/internal/v1/enrolments?after="
                + get("/internal/v1/enrolments").body().path("cursor").asString();
        TestUser slow = TestUser.fresh();
        TestUser quick = TestUser.fresh();
        String cursor;
        try (Connection superuser = DATABASE.superuser()) {
            superuser.setAutoCommit(false);
            superuser.createStatement().execute("""
                    with made as (insert into reputation.account (user_id, chain_account, registered_at)
                        values ('%s', sha256('%s'), now()) returning account_id)
                    insert into reputation.total (account_id, grant_state) select account_id, 'none' from made
                    """.formatted(slow.name(), slow.name()));
            post("/register", TestUser.json(quick.unsignedForm()));
            var meanwhile = get(start).body();
            assertThat(meanwhile.path("items").isEmpty()).isTrue();
            cursor = meanwhile.path("cursor").asString();
            superuser.commit();
        }

        var items = get("/internal/v1/enrolments?after=" + cursor).body().path("items");
        assertThat(items.valueStream().map(item -> item.path("user_id").asString()))
                .containsExactly(slow.name(), quick.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "limit=0", "limit=-1", "limit=many", "after=99999999999999999999.1"})
    void aFeedRefusesWhatItDidNotHandOut(String query) {
        assertThat(get("/internal/v1/standings?" + query).status()).isEqualTo(400);
        assertThat(get("/internal/v1/enrolments?" + query).status()).isEqualTo(400);
    }

    @Test
    void thePolicyIsWhatTheDatabaseHolds() {
        JsonNode policy = get("/internal/v1/policy").body();

        assertThat(policy.path("min_ratio").asString()).isEqualTo("0.5");
        assertThat(policy.path("overdraft_bytes").asLong()).isEqualTo(67_108_864);
        assertThat(policy.path("initial_credit_bytes").asLong()).isEqualTo(1L << 30);
        assertThat(policy.path("initial_credit_policy").asString()).isEqualTo("always");
        assertThat(policy.path("total_users").asLong()).isPositive();
    }

    private boolean isUser(JsonNode item) {
        return item.path("user_id").asString().equals(user.name());
    }
}
