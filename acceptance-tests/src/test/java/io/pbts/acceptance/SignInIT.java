package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An agent without a browser: it registers, signs in, works with keys of its own making, and gives them up again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {
    private static final int PIECE = 16 * 1024;
    private static final Duration REMEMBERED = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private Http gateway;
    private Member receiver;

    @BeforeAll
    void start() {
        gateway = ProductionStack.get().gateway().from("127.41.0.1");
        receiver = Member.register(gateway, "agent-receiver");
    }

    @Test
    void aWalletRegistersSignsInAndRefreshes() {
        Wallet wallet = Wallet.create();
        JsonNode registered = Session.register(gateway, wallet);
        assertThat(registered.path("success").asBoolean()).isTrue();
        assertThat(registered.path("userAddress").asString()).isEqualTo(wallet.address());
        assertThat(registered.path("initialCredit").asLong()).isEqualTo(ProductionStack.CREDIT);
        assertThat(registered.path("passkey").asString()).matches("[a-z2-7]{32}");
        assertThat(registered.path("announce_url").asString())
                .contains(registered.path("passkey").asString());

        Session first = Session.open(gateway, wallet);
        assertThat(first.userId()).isEqualTo(wallet.address());
        first.ask("GET", "/api/v1/account", null).expect(200);
        Session second = Session.of(gateway, first.refresh());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        JsonNode account =
                second.ask("GET", "/api/v1/account", null).expect(200).json();
        assertThat(account.toString())
                .contains(wallet.address())
                .doesNotContain(registered.path("passkey").asString(), second.refreshToken(), second.accessToken());
    }

    @Test
    void aBlsKeySignsInMakesAnApiKeyReportsWithItAndRevokesIt() {
        Member agent = Member.register(gateway, "agent-bls");
        Session session = Session.open(gateway, agent);
        JsonNode made = session.makeApiKey("reporter", "report");
        String key = made.path("key").asString();
        assertThat(key).matches("pbts_[A-Za-z0-9_-]{43}");

        var receipts = receipts(agent, "bls-agent", 2);
        Report first = Report.of(report(key, agent.userId(), receipts.subList(0, 1)));
        assertThat(first.codes()).containsExactly("credited");
        assertThat(agent.uploaded()).isEqualTo(PIECE);
        report(key, "agent-receiver", receipts).expect(403);
        gateway.ask("GET", "/api/v1/account", Session.bearer(key), null).expect(403);
        JsonNode account =
                session.ask("GET", "/api/v1/account", null).expect(200).json();
        assertThat(account.toString()).contains("reporter").doesNotContain(key);

        session.ask("DELETE", "/api/v1/account/api-keys/" + made.path("id").asString(), null)
                .expect(204);
        Http.Answer refused = Await.until(
                "the key is refused",
                REMEMBERED,
                () -> report(key, agent.userId(), receipts.subList(1, 2)),
                answer -> answer.status() == 401);
        assertThat(refused.raw().headers().firstValue("www-authenticate"))
                .hasValueSatisfying(header -> assertThat(header).contains("invalid_token"));
    }

    @Test
    void aRotatedPasskeyLivesThroughItsGraceAndNotLonger() {
        Member agent = Member.register(gateway, "agent-rotates");
        Dataset data = Dataset.create(folder, "rotated.bin", PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(agent).expect(201);
        Session session = Session.open(gateway, agent);

        JsonNode graceful = session.ask("POST", "/api/v1/account/passkey", Map.of())
                .expect(201)
                .json();
        String second = graceful.path("passkey").asString();
        assertThat(graceful.path("announce_url").asString()).contains(second);
        assertThat(failure(agent.passkey(), data))
                .as("the old one in its grace")
                .isEqualTo("(no failure)");
        awaitFailure("the new one", second, data, "(no failure)");

        JsonNode atOnce = session.ask("POST", "/api/v1/account/passkey", Map.of("grace_seconds", 0))
                .expect(201)
                .json();
        awaitFailure("the newest", atOnce.path("passkey").asString(), data, "(no failure)");
        awaitFailure("one without grace", second, data, "Unknown passkey");
    }

    @Test
    void anAccountAddsAKeySignsInWithItAndNeverLosesItsLast() {
        Member agent = Member.register(gateway, "agent-keys");
        Session session = Session.open(gateway, agent);
        Wallet wallet = Wallet.create();
        addWallet(session, wallet).expect(201);
        assertThat(Session.open(gateway, wallet).userId()).isEqualTo(agent.userId());
        Session stranger = Session.open(gateway, Member.register(gateway, "agent-stranger"));
        Http.Answer taken = addWallet(stranger, wallet).expect(409);
        assertThat(taken.code()).isEqualTo("key-taken");

        Wallet third = Wallet.create();
        String seen = session.challengeToAdd(third).path("message").asString();
        var stolen = Map.of("kind", "wallet", "message", seen, "signature", third.sign(seen));
        assertThat(stranger.ask("POST", "/api/v1/account/keys", stolen)
                        .expect(401)
                        .code())
                .as("an answer to a challenge that another account asked for")
                .isEqualTo("challenge-unknown");

        List<String> values = new ArrayList<>();
        session.ask("GET", "/api/v1/account", null)
                .expect(200)
                .json()
                .path("keys")
                .forEach(key -> values.add(
                        key.path("kind").asString() + "/" + key.path("value").asString()));
        assertThat(values).hasSize(2);
        String kept = values.stream()
                .filter(value -> value.startsWith("bls/"))
                .findFirst()
                .orElseThrow();
        String given =
                values.stream().filter(value -> !value.equals(kept)).findFirst().orElseThrow();
        Session byWallet = Session.open(gateway, wallet);
        session.ask("DELETE", "/api/v1/account/keys/" + given, null).expect(204);
        assertThat(byWallet.refresh().status()).as("a session of a revoked key").isEqualTo(401);
        String message =
                Session.challenge(gateway, "sign-in", wallet).path("message").asString();
        Http.Answer revoked =
                Session.post(gateway, message, wallet.sign(message)).expect(401);
        assertThat(revoked.code()).isEqualTo("key-revoked");
        Http.Answer last =
                session.ask("DELETE", "/api/v1/account/keys/" + kept, null).expect(409);
        assertThat(last.code()).isEqualTo("last-key");
    }

    private static Http.Answer addWallet(Session session, Wallet wallet) {
        String message = session.challengeToAdd(wallet).path("message").asString();
        return session.ask(
                "POST",
                "/api/v1/account/keys",
                Map.of("kind", "wallet", "message", message, "signature", wallet.sign(message)));
    }

    private String failure(String passkey, Dataset data) {
        return new Tracker(gateway, "/" + passkey).failure(data.infoHash(), 6881, "&left=0");
    }

    private void awaitFailure(String which, String passkey, Dataset data, String expected) {
        Await.until(which, REMEMBERED, () -> failure(passkey, data), expected::equals);
    }

    private List<Map<String, Object>> receipts(Member sender, String name, int count) {
        Dataset data =
                Dataset.create(folder, name + ".bin", (long) count * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(sender).expect(201);
        return data.receipts(gateway, sender, receiver, 0, count, Report.now());
    }

    private Http.Answer report(String key, String userId, List<Map<String, Object>> receipts) {
        return gateway.ask("POST", "/report", Session.bearer(key), Map.of("user_id", userId, "receipts", receipts));
    }
}
