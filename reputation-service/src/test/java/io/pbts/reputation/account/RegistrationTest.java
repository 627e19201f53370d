package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration as everybody but a caller on the machine itself meets it: signed, and possession proven. */
class RegistrationTest extends RunningService {
    private final TestUser user = TestUser.fresh();

    private InstanceId instance() {
        return InstanceId.fromHex(get("/internal/v1/instance").text("instance_id"));
    }

    private Reply register(Map<String, Object> form) {
        return post("/register", TestUser.json(form));
    }

    @Test
    void aSignedKeyThatProvesPossessionGetsANameAndAnAnnounceUrl() {
        Reply reply = register(user.form(instance()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().propertyNames())
                .containsExactly("success", "instance_id", "message", "user_id", "passkey", "announce_url");
        assertThat(reply.body().path("success").asBoolean()).isTrue();
        assertThat(reply.text("instance_id")).isEqualTo(instance().hex());
        assertThat(reply.text("message")).isEqualTo("User registered successfully");
        assertThat(reply.text("user_id")).isEqualTo(user.name());
        assertThat(reply.text("passkey")).matches("[a-z2-7]{32}");
        assertThat(reply.text("announce_url"))
                .isEqualTo("http://tracker.example:8000/" + reply.text("passkey") + "/announce");
    }

    @Test
    void theBodyIsJsonAlsoUnderTheContentTypeThatCurlSends() {
        Reply reply = post("/register", TestUser.json(user.form(instance())), "application/x-www-form-urlencoded");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void onlyTheHashOfAPasskeyIsStoredAndItOpensTheStanding() throws Exception {
        var passkey = new Passkey(register(user.form(instance())).text("passkey"));
        String hash = passkey.hash(PasskeyHashKey.fromHex(PASSKEY_KEY)).hex();

        Reply standing = get("/internal/v1/standings/by-passkey/" + hash);
        assertThat(standing.status()).isEqualTo(200);
        assertThat(standing.text("user_id")).isEqualTo(user.name());
        assertThat(standing.body().path("passkey_hashes").get(0).asString()).isEqualTo(hash);
        try (Connection superuser = DATABASE.superuser();
                ResultSet dump = superuser.createStatement().executeQuery("""
                        select query_to_xml('select * from reputation.passkey', true, false, '')::text
                            || query_to_xml('select * from reputation.account', true, false, '')::text
                        """)) {
            dump.next();
            assertThat(dump.getString(1)).contains(user.name()).doesNotContain(passkey.value());
        }
    }

    @Test
    void aProvenKeyIsStoredAsProven() {
        register(user.form(instance()));

        String question = """
                {"keys":[{"kind":"bls","value":"%s"}]}""".formatted(user.key().publicKey().bytes().toUnprefixedHexString());
        Reply holders = post("/internal/v1/accounts/resolve", question);
        assertThat(holders.body().at("/keys/0/proven").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "public_key"})
    void aNameAndAKeyAreNeeded(String field) {
        var form = user.form(instance());
        form.remove(field);

        assertRefused(400, "Missing user_id or public_key", register(form));
        form.put(field, "");
        assertRefused(400, "Missing user_id or public_key", register(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "proof_of_possession"})
    void signatureAndProofAreBothNeeded(String field) {
        var form = user.form(instance());
        form.remove(field);

        Reply reply = register(form);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).startsWith("Missing signature or proof_of_possession");
    }

    @Test
    void aSignatureForAnotherNameOrInstanceIsInvalid() {
        var other = user.form(instance());
        other.put("user_id", user.name() + "x");
        assertRefused(401, "Invalid signature", register(other));

        var elsewhere = user.form(InstanceId.fromHex("00".repeat(32)));
        assertRefused(401, "Invalid signature", register(elsewhere));
    }

    @Test
    void theRegistrationSignatureIsNoProofOfPossession() {
        var form = user.form(instance());
        form.put("proof_of_possession", form.get("signature"));

        assertRefused(401, "Invalid proof of possession", register(form));
    }

    @Test
    void anotherKeysProofIsRefused() {
        var form = user.form(instance());
        form.put("proof_of_possession", TestUser.fresh().proof());

        assertRefused(401, "Invalid proof of possession", register(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no base64!", "AAAA", "%%%"})
    void whatIsNoSignatureIsAnInvalidFormat(String junk) {
        var form = user.form(instance());
        form.put("signature", junk);
        assertRefused(401, "Invalid signature format", register(form));

        var proofless = user.form(instance());
        proofless.put("proof_of_possession", junk);
        assertRefused(401, "Invalid proof of possession format", register(proofless));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BASE64_PUBLIC_KEY", "AAAA", "wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoKeyIsRefused(String junk) {
        var form = user.form(instance());
        form.put("public_key", junk);

        Reply reply = register(form);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).startsWith("Invalid public_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "naïve",
                "x/y",
                "../x",
                "a\u0000b",
                "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                "0XF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266"
            })
    void namesAreOfTheAllowedLettersAndNoAddress(String name) {
        var form = user.form(instance());
        form.put("user_id", name);

        Reply reply = register(form);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).startsWith("Invalid user_id");
    }

    @Test
    void aNameHasAtMost64Letters() {
        var longest = new TestUser("n".repeat(64), user.key());
        assertThat(register(longest.form(instance())).status()).isEqualTo(200);

        var form = TestUser.fresh().form(instance());
        form.put("user_id", "n".repeat(65));
        assertThat(register(form).status()).isEqualTo(400);
    }

    @Test
    void aTakenNameIs409() {
        register(user.form(instance()));
        var second = new TestUser(user.name(), TestUser.fresh().key());

        assertRefused(409, "User already exists", register(second.form(instance())));
        assertRefused(409, "User already exists", register(user.form(instance())));
    }

    @Test
    void aKeyBelongsToOneAccount() {
        register(user.form(instance()));
        var second = new TestUser(TestUser.fresh().name(), user.key());

        assertRefused(409, "Public key already registered", register(second.form(instance())));
        assertThat(get("/user/" + second.name()).status()).isEqualTo(404);
    }

    @Test
    void ofRacingRegistrationsOfOneNameOrOneKeyOneWins() throws Exception {
        InstanceId instance = instance();
        for (int round = 0; round < 5; round++) {
            TestUser first = TestUser.fresh();
            var sameName = IntStream.range(0, 4)
                    .mapToObj(_ -> new TestUser(first.name(), TestUser.fresh().key()).form(instance));
            assertThat(race(sameName.toList())).containsExactly(200, 409, 409, 409);
            TestUser second = TestUser.fresh();
            var sameKey = IntStream.range(0, 4)
                    .mapToObj(_ -> new TestUser(TestUser.fresh().name(), second.key()).form(instance));
            assertThat(race(sameKey.toList())).containsExactly(200, 409, 409, 409);
        }
    }

    private List<Integer> race(List<Map<String, Object>> forms) throws Exception {
        var start = new CyclicBarrier(forms.size());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = forms.stream()
                    .map(form -> clients.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return register(form).status();
                    }))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (var client : running) {
                statuses.add(client.get());
            }
            return statuses.stream().sorted().toList();
        }
    }

    @Test
    void aNameThatSomebodyElseTakesTooLongToDecideIs503AndMayBeTriedAgain() throws Exception {
        var form = user.form(instance());
        try (Connection superuser = DATABASE.superuser()) {
            superuser.setAutoCommit(false);
            superuser.createStatement().execute("""
                    insert into reputation.account (user_id, chain_account, registered_at)
                    values ('%s', sha256('%s'), now())""".formatted(user.name(), user.name()));

            Reply reply = register(form);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            superuser.rollback();
        }
        assertThat(register(form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "7",
                "\"text\"",
                "{\"user_id\":{}}",
                "{\"user_id\":[1]}",
                "{\"user_id\":\"a\",\"user_id\":\"b\"}"
            })
    void whatIsNoJsonObjectOfTextsIs400(String body) {
        Reply reply = post("/register", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("success").asBoolean(true)).isFalse();
        assertThat(reply.text("error")).isNotEmpty();
    }

    private static void assertRefused(int status, String error, Reply reply) {
        assertThat(reply.body().toString()).isEqualTo("{\"success\":false,\"error\":\"%s\"}".formatted(error));
        assertThat(reply.status()).isEqualTo(status);
    }
}
