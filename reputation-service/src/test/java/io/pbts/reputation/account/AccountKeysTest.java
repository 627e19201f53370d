package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestUser;
import io.pbts.support.testing.TestKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An account takes up keys and gives them up; a key is one account's for ever. */
class AccountKeysTest extends RunningService {
    private static final String KEYS = "/api/v1/account/keys";

    private final TestWallet wallet = TestWallet.fresh();
    private SignedIn me;

    @BeforeEach
    void registered() {
        assertThat(wallet.register(client()).status()).isEqualTo(201);
        me = SignedIn.as(wallet, client());
    }

    private Reply add(SignedIn account, TestWallet added) {
        String message = added.challenge(account.service(), "add-key");
        return account.service()
                .post(
                        KEYS,
                        TestUser.json(Map.of("kind", "wallet", "message", message, "signature", added.sign(message))));
    }

    private Map<String, Object> blsForm(BlsSecretKey key) {
        var signer = new Signer.OfBls(key);
        Map<String, Object> form = signer.answer(signer.challenge(me.service(), "add-key"));
        form.put("proof_of_possession", Bls.provePossession(key).bytes().toUnprefixedHexString());
        return form;
    }

    private Reply add(SignedIn account, Map<String, Object> form) {
        return account.service().post(KEYS, TestUser.json(form));
    }

    private Reply revoke(SignedIn account, TestWallet key) {
        return account.service().delete(KEYS + "/wallet/" + key.address());
    }

    private JsonNode resolved(TestWallet key) {
        return post("/internal/v1/accounts/resolve", """
                {"keys":[{"kind":"address","value":"%s"}]}""".formatted(key.address()))
                .body()
                .path("keys");
    }

    @Test
    void aFurtherWalletBelongsToTheAccountAndSignsInToIt() {
        var second = TestWallet.fresh();
        Reply added = add(me, second);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("kind")).isEqualTo("wallet");
        assertThat(added.text("value")).isEqualTo(second.address());
        assertThat(added.body().path("added_at").asLong()).isPositive();
        assertThat(resolved(second).at("/0/account/user_id").asString()).isEqualTo(wallet.address());
        assertThat(resolved(second).at("/0/proven").asBoolean()).isTrue();
        assertThat(SignedIn.as(second, client()).accountId()).isEqualTo(me.accountId());
    }

    @Test
    void aFurtherBlsKeyIsProvenAndShownNeitherAsTheFirstNorAsAnothersName() {
        BlsSecretKey key = TestUser.fresh().key();

        assertThat(add(me, blsForm(key)).status()).isEqualTo(201);
        assertThat(SignedIn.as(key, client()).accountId()).isEqualTo(me.accountId());
        assertThat(get("/user/" + wallet.address()).body().path("public_key").isNull())
                .isTrue();
    }

    @Test
    void aBlsKeyMustProveThatItMayEnterAggregates() {
        BlsSecretKey key = TestUser.fresh().key();
        var without = blsForm(key);
        without.remove("proof_of_possession");
        assertRefused(400, "invalid-proof-of-possession-format", add(me, without));

        var anothers = blsForm(key);
        anothers.put(
                "proof_of_possession",
                Bls.provePossession(TestUser.fresh().key()).bytes().toUnprefixedHexString());
        assertRefused(401, "invalid-proof-of-possession", add(me, anothers));

        var login = blsForm(key);
        login.put("proof_of_possession", login.get("signature"));
        assertRefused(401, "invalid-proof-of-possession", add(me, login));
    }

    @Test
    void aKeyThatSomebodyHoldsIsTaken() {
        var other = TestWallet.fresh();
        other.register(client());

        assertRefused(409, "key-taken", add(me, other));
        assertRefused(409, "key-taken", add(me, wallet));
    }

    @Test
    void aRevokedKeyStaysItsAccounts() {
        var second = TestWallet.fresh();
        add(me, second);
        assertThat(revoke(me, second).status()).isEqualTo(204);
        var other = TestWallet.fresh();
        other.register(client());

        assertRefused(409, "key-taken", add(SignedIn.as(other, client()), second));
        assertRefused(409, "key-taken", add(me, second));
        Reply registration = second.register(client());
        assertThat(registration.status()).isEqualTo(409);
        assertThat(registration.text("error")).isEqualTo("User already registered");
    }

    @Test
    void aRevokedKeyIsResolvedWithItsSecondAndStaysRevokedThen() {
        var second = TestWallet.fresh();
        add(me, second);
        assertThat(resolved(second).at("/0").has("revoked_at")).isFalse();
        long before = Instant.now().getEpochSecond();
        revoke(me, second);
        long after = Instant.now().getEpochSecond();

        long revokedAt = resolved(second).at("/0/revoked_at").asLong();
        assertThat(revokedAt).isBetween(before, after);
        assertThat(resolved(second).at("/0/account/user_id").asString()).isEqualTo(wallet.address());
        assertThat(revoke(me, second).status()).as("again").isEqualTo(204);
        assertThat(resolved(second).at("/0/revoked_at").asLong()).isEqualTo(revokedAt);
    }

    @Test
    void revokingEndsTheSessionsThatTheKeyOpenedAndNoOthers() {
        var second = TestWallet.fresh();
        add(me, second);
        var thief = SignedIn.as(second, client());
        assertThat(thief.service().get("/api/v1/account").status()).isEqualTo(200);

        revoke(me, second);

        assertRefused(401, "session-ended", thief.service().get("/api/v1/account"));
        assertThat(me.service().get("/api/v1/account").status()).isEqualTo(200);
        String message = second.challenge(client(), "sign-in");
        Reply again = post(
                "/api/v1/sessions",
                TestUser.json(Map.of("kind", "wallet", "message", message, "signature", second.sign(message))));
        assertRefused(401, "key-revoked", again);
    }

    @Test
    void theLastKeyIsNeverRevoked() {
        assertRefused(409, "last-key", revoke(me, wallet));
        var second = TestWallet.fresh();
        add(me, second);
        assertThat(revoke(me, wallet).status()).isEqualTo(204);
        var again = SignedIn.as(second, client());
        assertRefused(409, "last-key", revoke(again, second));
    }

    @Test
    void ofTwoThatAreRevokedAtOnceOneStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            var first = TestWallet.fresh();
            var second = TestWallet.fresh();
            first.register(client());
            add(SignedIn.as(first, client()), second);
            var one = SignedIn.as(first, client());
            var other = SignedIn.as(second, client());
            var start = new CyclicBarrier(2);
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                var revocations = List.of(
                        clients.submit(() -> {
                            start.await(10, TimeUnit.SECONDS);
                            return revoke(one, second).status();
                        }),
                        clients.submit(() -> {
                            start.await(10, TimeUnit.SECONDS);
                            return revoke(other, first).status();
                        }));
                List<Integer> statuses = new ArrayList<>();
                for (var revocation : revocations) {
                    statuses.add(revocation.get());
                }
                // The loser finds its key the last one, or its session already ended.
                assertThat(statuses).filteredOn(status -> status == 204).hasSize(1);
                assertThat(statuses)
                        .filteredOn(status -> status == 409 || status == 401)
                        .hasSize(1);
            }
            boolean firstRevoked = resolved(first).at("/0").has("revoked_at");
            assertThat(resolved(second).at("/0").has("revoked_at")).isNotEqualTo(firstRevoked);
        }
    }

    @Test
    void nobodyRevokesAnothersKey() {
        var other = TestWallet.fresh();
        other.register(client());

        assertRefused(404, "unknown-key", revoke(me, other));
        assertRefused(404, "unknown-key", revoke(me, TestWallet.fresh()));
        assertThat(resolved(other).at("/0").has("revoked_at")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"rsa/00, invalid-kind", "bls/00, invalid-public-key", "wallet/alice, invalid-address"})
    void whatIsNoKeyCannotBeRevoked(String path, String code) {
        assertRefused(400, code, me.service().delete(KEYS + "/" + path));
    }

    @Test
    void aChallengeOfAnotherPurposeAddsNothing() {
        var second = TestWallet.fresh();
        String message = second.challenge(client(), "sign-in");
        Reply reply = me.service()
                .post(
                        KEYS,
                        TestUser.json(Map.of("kind", "wallet", "message", message, "signature", second.sign(message))));

        assertRefused(401, "wrong-purpose", reply);
        assertThat(resolved(second).isEmpty()).isTrue();
    }

    /** Whoever sees the answer on its way has a session of their own, and a signature that is right. */
    @Test
    void nobodyAddsAKeyWithAChallengeThatAnotherAccountAskedFor() {
        var thief = TestWallet.fresh();
        thief.register(client());
        var them = SignedIn.as(thief, client());
        var mine = TestWallet.fresh();
        String message = mine.challenge(me.service(), "add-key");
        Reply ofWallet = add(them, Map.of("kind", "wallet", "message", message, "signature", mine.sign(message)));
        BlsSecretKey key = TestUser.fresh().key();
        Reply ofBls = add(them, blsForm(key));

        assertRefused(401, "challenge-unknown", ofWallet);
        assertRefused(401, "challenge-unknown", ofBls);
        assertThat(resolved(mine).isEmpty()).isTrue();
        assertThat(add(me, mine).status()).isEqualTo(201);
        assertThat(add(me, blsForm(key)).status()).isEqualTo(201);
    }

    @Test
    void anyOfAnAccountsSessionsAddsTheKeyThatOneOfThemAskedFor() {
        var mine = TestWallet.fresh();
        String message = mine.challenge(me.service(), "add-key");
        Reply added = add(
                SignedIn.as(wallet, client()),
                Map.of("kind", "wallet", "message", message, "signature", mine.sign(message)));

        assertThat(added.status()).isEqualTo(201);
    }

    @Test
    void anAccountHasAtMostSixteenKeys() {
        for (int key = 1; key < 16; key++) {
            assertThat(add(me, TestWallet.fresh()).status()).isEqualTo(201);
        }
        assertRefused(409, "too-many-keys", add(me, TestWallet.fresh()));
    }

    @Test
    void theAccountSeesItsCredentialsStatesAndNoSecrets() {
        var second = TestWallet.fresh();
        add(me, second);
        revoke(me, second);
        Reply account = me.service().get("/api/v1/account");

        assertThat(account.status()).isEqualTo(200);
        assertThat(account.body().propertyNames())
                .containsExactlyInAnyOrder(
                        "account_id",
                        "user_id",
                        "chain_account",
                        "registered_at",
                        "grant",
                        "keys",
                        "passkeys",
                        "api_keys");
        assertThat(account.text("user_id")).isEqualTo(wallet.address());
        assertThat(account.text("grant")).isEqualTo("granted");
        assertThat(account.body().at("/keys/0/value").asString()).isEqualTo(wallet.address());
        assertThat(account.body().at("/keys/0/state").asString()).isEqualTo("active");
        assertThat(account.body().at("/keys/0/revoked_at").isNull()).isTrue();
        assertThat(account.body().at("/keys/1/value").asString()).isEqualTo(second.address());
        assertThat(account.body().at("/keys/1/state").asString()).isEqualTo("revoked");
        assertThat(account.body().at("/passkeys/0").propertyNames())
                .containsExactlyInAnyOrder("state", "created_at", "expires_at");
        assertThat(account.body().at("/passkeys/0/state").asString()).isEqualTo("current");
    }

    @Test
    void withoutASessionNothingOfItIsToBeHad() {
        var visitor = client();
        assertThat(visitor.get("/api/v1/account").status()).isEqualTo(401);
        assertThat(visitor.post(KEYS, "{}").status()).isEqualTo(401);
        assertThat(visitor.delete(KEYS + "/wallet/" + wallet.address()).status())
                .isEqualTo(401);
        assertThat(visitor.post("/api/v1/account/passkey", "{}").status()).isEqualTo(401);
        var key = client().as(TestKeys.token("gateway", "reputation")
                .asApiKey(me.accountId(), wallet.address(), "account:read"));
        assertThat(key.get("/api/v1/account").text("user_id")).isEqualTo(wallet.address());
        assertRefused(403, "not-allowed", key.post("/api/v1/account/passkey", "{}"));
        assertRefused(403, "not-allowed", key.delete(KEYS + "/wallet/" + wallet.address()));
        var reporter = client().as(
                        TestKeys.token("gateway", "reputation").asApiKey(me.accountId(), wallet.address(), "report"));
        assertRefused(403, "not-allowed", reporter.get("/api/v1/account"));
    }

    private static void assertRefused(int status, String code, Reply reply) {
        assertThat(reply.text("code")).as(reply.body().toString()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }
}
