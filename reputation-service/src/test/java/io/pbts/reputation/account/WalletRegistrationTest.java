package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AI-agent variant's registration as everybody meets it: by a challenge. */
class WalletRegistrationTest extends RunningService {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final TestWallet wallet = TestWallet.fresh();

    private Reply register(Map<String, Object> form) {
        return post("/register", TestUser.json(form));
    }

    private Map<String, Object> form() {
        return wallet.form(wallet.challenge(client(), "register"));
    }

    @Test
    void aWalletThatSignsItsChallengeGetsAnAccountUnderItsAddress() {
        Reply reply = wallet.register(client());

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().propertyNames())
                .containsExactlyInAnyOrder(
                        "success",
                        "userAddress",
                        "initialCredit",
                        "txHash",
                        "grant",
                        "instance_id",
                        "user_id",
                        "passkey",
                        "announce_url");
        assertThat(reply.body().path("success").asBoolean()).isTrue();
        assertThat(reply.text("userAddress")).isEqualTo(wallet.address());
        assertThat(reply.text("user_id")).isEqualTo(wallet.address());
        assertThat(reply.body().path("initialCredit").asLong()).isEqualTo(1_073_741_824L);
        assertThat(reply.body().path("txHash").isNull()).isTrue();
        assertThat(reply.text("grant")).isEqualTo("granted");
        assertThat(reply.text("announce_url"))
                .isEqualTo("http://tracker.example:8000/" + reply.text("passkey") + "/announce");
        String hash = new Passkey(reply.text("passkey"))
                .hash(PasskeyHashKey.fromHex(PASSKEY_KEY))
                .hex();
        assertThat(get("/internal/v1/standings/by-passkey/" + hash).text("user_id"))
                .isEqualTo(wallet.address());
        assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void theChainIsToldOfTheWalletByItsOwnIdentity() {
        String cursor = get("/internal/v1/enrolments").text("cursor");
        wallet.register(client());

        var items = get("/internal/v1/enrolments?after=" + cursor).body().path("items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.at("/0/user_id").asString()).isEqualTo(wallet.address());
        assertThat(items.at("/0/credit_mib").asLong()).isEqualTo(1024);
        assertThat(items.at("/0/chain_account").asString())
                .isEqualTo(Keccak256.hash(wallet.key().address().bytes()).toUnprefixedHexString());
    }

    @Test
    void anAddressInOneCaseIsTheSameWallet() {
        var form = form();
        form.put("userAddress", wallet.address().toLowerCase(java.util.Locale.ROOT));

        assertThat(register(form).text("userAddress")).isEqualTo(wallet.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"userAddress", "message", "signature"})
    void addressMessageAndSignatureAreNeeded(String field) {
        var form = form();
        form.remove(field);
        if (!field.equals("userAddress")) {
            assertRefused(400, "missing-field", "userAddress, message, and signature are required", register(form));
        }
        form.put(field, "");
        assertRefused(400, "missing-field", "userAddress, message, and signature are required", register(form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "0x12",
                "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                "0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                "0xzz9Fd6e51aad88F6F4ce6aB8827279cffFb92266"
            })
    void whatIsNoAddressIsRefused(String text) {
        var form = form();
        form.put("userAddress", text);

        assertRefused(400, "invalid-address", "Invalid Ethereum address", register(form));
    }

    @Test
    void anotherWalletsSignatureIsInvalid() {
        var form = form();
        form.put("signature", TestWallet.fresh().sign(String.valueOf(form.get("message"))));
        assertRefused(401, "invalid-signature", "Invalid signature", register(form));

        var thief = TestWallet.fresh();
        var stolen = form();
        stolen.put("userAddress", thief.address());
        assertRefused(401, "invalid-signature", "Invalid signature", register(stolen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x00", "zz", "high s", "odd v", "too long"})
    void whatIsNoStrictSignatureIsInvalid(String how) {
        var form = form();
        form.put("signature", spoiled(how, String.valueOf(form.get("signature"))));

        assertRefused(401, "invalid-signature", "Invalid signature", register(form));
    }

    private static String spoiled(String how, String signature) {
        Bytes bytes = Bytes.fromHexString(signature);
        return switch (how) {
            case "high s" ->
                Bytes.concatenate(
                                bytes.slice(0, 32),
                                Bytes.wrap(toBytes(
                                        ORDER.subtract(bytes.slice(32, 32).toUnsignedBigInteger()))),
                                Bytes.of(bytes.get(64) == 27 ? 28 : 27))
                        .toHexString();
            case "odd v" -> Bytes.concatenate(bytes.slice(0, 64), Bytes.of(29)).toHexString();
            case "too long" -> signature + "00";
            default -> how;
        };
    }

    private static byte[] toBytes(BigInteger number) {
        return Bytes.fromHexString("%064x".formatted(number)).toArray();
    }

    @Test
    void aChallengeOpensOneAccountOnceAndOnlyForItsPurpose() {
        var form = form();
        assertThat(register(form).status()).isEqualTo(201);
        Reply again = register(form);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text("code")).isEqualTo("challenge-unknown");

        var other = TestWallet.fresh();
        Reply signIn = register(other.form(other.challenge(client(), "sign-in")));
        assertThat(signIn.status()).isEqualTo(401);
        assertThat(signIn.text("code")).isEqualTo("wrong-purpose");
    }

    @Test
    void theVariantsFreeTextIsNoMessageHere() {
        Reply reply = register(wallet.form("Register PBTS account: " + wallet.address()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("message-malformed");
        assertThat(reply.body().propertyNames()).containsExactlyInAnyOrder("error", "code");
    }

    @Test
    void aRegisteredWalletIs409InTheVariantsWords() {
        wallet.register(client());

        assertRefused(409, "user-exists", "User already registered", wallet.register(client()));
    }

    @Test
    void ofSixteenRegistrationsOfOneWalletOneWins() throws Exception {
        var forms = IntStream.range(0, 16).mapToObj(_ -> form()).toList();
        var start = new CyclicBarrier(forms.size());
        List<Integer> statuses = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = forms.stream()
                    .map(form -> clients.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return register(form).status();
                    }))
                    .toList();
            for (var client : running) {
                statuses.add(client.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
    }

    @Test
    void aWalletThatIsAnAccountsFurtherKeyOpensNoAccountOfItsOwn() {
        var owner = TestWallet.fresh();
        owner.register(client());
        var me = SignedIn.as(owner, client());
        String message = wallet.challenge(me.service(), "add-key");
        Reply added = me.service()
                .post("/api/v1/account/keys", """
                {"kind":"wallet","message":"%s","signature":"%s"}""".formatted(message.replace("\n", "\\n"), wallet.sign(message)));
        assertThat(added.status()).isEqualTo(201);

        assertRefused(409, "key-taken", "User already registered", wallet.register(client()));
    }

    @Test
    void theSeedsShapeKeepsItsAnswersBesideIt() {
        Reply reply = post("/register", "{\"user_id\":\"somebody\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo("Missing user_id or public_key");
        assertThat(reply.body().path("success").asBoolean(true)).isFalse();
    }

    private static void assertRefused(int status, String code, String error, Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.text("error")).isEqualTo(error);
        assertThat(reply.text("code")).isEqualTo(code);
        assertThat(reply.body().propertyNames()).containsExactlyInAnyOrder("error", "code");
    }
}
