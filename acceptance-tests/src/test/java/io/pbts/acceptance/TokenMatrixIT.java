package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every credential that must not open anything, at the door where it would: the documented code, and never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenMatrixIT {
    private static final long SERVICE_TOKEN_LIFE = 60;
    private static final long SESSION_LIFE = 900;

    private Stack stack;
    private Http gateway;
    private SigningKey gatewayKey;
    private SigningKey reputationKey;

    @BeforeAll
    void start() {
        stack = ProductionStack.get();
        gateway = stack.gateway().from("127.42.0.1");
        gatewayKey = SigningKey.of(Part.of(stack, "gateway"));
        reputationKey = SigningKey.of(Part.of(stack, "reputation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"announce", "receipt", "reputation", "contract"})
    void aServiceRefusesEveryForgedServiceTokenByItsCode(String service) {
        Http direct = direct(service);
        String known = "/internal/v1/routes";
        direct.get(known).expect(401);
        assertThat(direct.get(known).code()).isEqualTo("token-missing");
        Jws good = Jws.service(gatewayKey, service);
        direct.ask("GET", known, Map.of(Jws.HEADER, good.text()), null).expect(200);

        var soft = new SoftAssertions();
        for (ForgedToken forged : forgedFor(service)) {
            Http.Answer answer = direct.ask("GET", known, Map.of(Jws.HEADER, forged.text()), null);
            soft.assertThat(answer.status() + " " + answer.code())
                    .as(forged.name())
                    .isEqualTo("401 " + forged.code());
        }
        soft.assertAll();
    }

    private List<ForgedToken> forgedFor(String service) {
        Part sender = Part.of(stack, "gateway");
        String neighbour = service.equals("receipt") ? "contract" : "receipt";
        SigningKey other = SigningKey.of(Part.of(stack, neighbour));
        Jws good = Jws.service(gatewayKey, service);
        Jws notTheGateway = Jws.service(other, service).asAdmin();
        Jws session = Jws.session(reputationKey, instanceId(), "1", "somebody", "s1");
        return Stream.concat(
                        ForgedToken.of(
                                good,
                                PublicKeys.of(sender),
                                SigningKey.fresh("gateway").key(),
                                other,
                                SERVICE_TOKEN_LIFE)
                                .stream(),
                        Stream.of(
                                new ForgedToken("a caller named by a sibling", "token-issuer", notTheGateway.text()),
                                new ForgedToken("a session token as service token", "token-malformed", session.text())))
                .toList();
    }

    @Test
    void theTrackersInnerDoorRefusesEveryForgedServiceToken() {
        int port = Integer.parseInt(Part.of(stack, "announce").setting("PBTS_TRACKER_INTERNAL_PORT"));
        Http inner = new Http(URI.create("http://127.0.0.1:" + port));
        String path = "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-AT0001-000000000001&port=6881&left=0";
        var soft = new SoftAssertions();
        soft.assertThat(inner.get(path).status()).as("no token").isEqualTo(401);
        for (ForgedToken forged : forgedFor("announce")) {
            Http.Answer answer = inner.ask("GET", path, Map.of(Jws.HEADER, forged.text()), null);
            soft.assertThat(answer.status()).as(forged.name()).isEqualTo(401);
        }
        String good =
                Jws.service(gatewayKey, "announce").asAnonymous("192.0.2.7").text();
        soft.assertThat(inner.ask("GET", path, Map.of(Jws.HEADER, good), null).status())
                .as("the gateway's own")
                .isEqualTo(200);
        soft.assertAll();
    }

    @Test
    void theGatewayRefusesEveryForgedSessionTokenByItsCode() {
        Member member = Member.register(gateway, "matrix-session");
        Session session = Session.open(gateway, member);
        session.ask("GET", "/api/v1/account", null).expect(200);
        Jws good = likeARealOne(session);
        SigningKey receipt = SigningKey.of(Part.of(stack, "receipt"));
        List<ForgedToken> forged = Stream.concat(
                        ForgedToken.of(
                                good,
                                PublicKeys.of(Part.of(stack, "reputation")),
                                SigningKey.fresh("reputation").key(),
                                receipt,
                                SESSION_LIFE)
                                .stream(),
                        Stream.of(
                                new ForgedToken(
                                        "a service token as session token",
                                        "token-malformed",
                                        Jws.service(gatewayKey, "reputation").text()),
                                new ForgedToken(
                                        "another instance's session",
                                        "token-audience",
                                        good.with("aud", "pbts:" + "0".repeat(64))
                                                .text()),
                                new ForgedToken("an API key nobody has", "api-key-unknown", "pbts_" + "A".repeat(43))))
                .toList();
        var soft = new SoftAssertions();
        for (ForgedToken token : forged) {
            Http.Answer answer = gateway.ask("GET", "/api/v1/account", token.asBearer(), null);
            soft.assertThat(answer.status() + " " + answer.code())
                    .as(token.name())
                    .isEqualTo("401 " + token.code());
            soft.assertThat(answer.raw()
                            .headers()
                            .firstValue("www-authenticate")
                            .orElse(""))
                    .as(token.name())
                    .contains("Bearer")
                    .contains("invalid_token");
        }
        soft.assertAll();
        gateway.ask("GET", "/api/v1/account", Map.of("Authorization", "Bearer " + good.text()), null)
                .expect(200);
    }

    /** The claims of a session that was really opened, so that a forgery differs from it in one thing only. */
    private Jws likeARealOne(Session session) {
        JsonNode claims = Stack.JSON.readTree(
                java.util.Base64.getUrlDecoder().decode(session.accessToken().split("\\.", -1)[1]));
        return Jws.session(
                reputationKey,
                instanceId(),
                claims.path("sub").asString(),
                claims.path("user_id").asString(),
                claims.path("sid").asString());
    }

    @Test
    void aSignatureOfAnotherPlacePurposeOrTimeOpensNoSession() {
        Wallet wallet = Wallet.create();
        Session.register(gateway, wallet);
        var soft = new SoftAssertions();
        refused(soft, "wrong domain", "wrong-domain", wallet, text -> text.replaceFirst("^\\S+", "evil.example"));
        refused(
                soft,
                "wrong uri",
                "wrong-uri",
                wallet,
                text -> text.replaceFirst("URI: \\S+", "URI: http://evil.example/sign-in"));
        refused(soft, "wrong chain", "wrong-chain", wallet, text -> text.replaceFirst("Chain ID: \\d+", "Chain ID: 1"));
        refused(
                soft,
                "another nonce",
                "challenge-unknown",
                wallet,
                text -> text.replaceFirst("Nonce: \\S+", "Nonce: " + "0a".repeat(16)));
        refused(
                soft,
                "expired",
                "message-expired",
                wallet,
                text -> text.replaceFirst("Expiration Time: \\S+", "Expiration Time: 2020-01-01T00:00:00Z"));
        refused(soft, "not EIP-4361", "message-malformed", wallet, text -> "Sign me in");
        refused(
                soft,
                "another's address",
                "challenge-unknown",
                wallet,
                text -> text.replace(wallet.address(), Wallet.create().address()));
        soft.assertAll();
    }

    private void refused(
            SoftAssertions soft,
            String what,
            String code,
            Wallet wallet,
            java.util.function.UnaryOperator<String> change) {
        String text = change.apply(
                Session.challenge(gateway, "sign-in", wallet).path("message").asString());
        Http.Answer answer = Session.post(gateway, text, wallet.sign(text));
        soft.assertThat(answer.status() + " " + answer.code())
                .as(what)
                .isEqualTo((code.equals("message-malformed") ? "400 " : "401 ") + code);
    }

    @Test
    void aWalletsSignatureCountsOnceAndInOneForm() {
        Wallet wallet = Wallet.create();
        Session.register(gateway, wallet);
        String once =
                Session.challenge(gateway, "sign-in", wallet).path("message").asString();
        String signature = wallet.sign(once);
        Session.post(gateway, once, signature).expect(201);
        expect(Session.post(gateway, once, signature), 401, "challenge-unknown");

        String high =
                Session.challenge(gateway, "sign-in", wallet).path("message").asString();
        expect(Session.post(gateway, high, wallet.signHigh(high)), 401, "invalid-signature");
        String foreign =
                Session.challenge(gateway, "sign-in", wallet).path("message").asString();
        expect(Session.post(gateway, foreign, Wallet.create().sign(foreign)), 401, "invalid-signature");
        String cut =
                Session.challenge(gateway, "sign-in", wallet).path("message").asString();
        expect(Session.post(gateway, cut, wallet.sign(cut).substring(0, 100)), 401, "invalid-signature");
        String purpose =
                Session.challenge(gateway, "register", wallet).path("message").asString();
        expect(Session.post(gateway, purpose, wallet.sign(purpose)), 401, "wrong-purpose");
        Wallet unknown = Wallet.create();
        String early =
                Session.challenge(gateway, "sign-in", unknown).path("message").asString();
        expect(Session.post(gateway, early, unknown.sign(early)), 401, "key-unknown");
    }

    @Test
    void aBlsSignatureCountsOnceAndForItsPurpose() {
        Member member = Member.register(gateway, "matrix-bls");
        JsonNode challenge = Session.challenge(gateway, "sign-in", member);
        String signature = Session.signed(member, challenge);
        expect(Session.post(gateway, member, challenge, signature), 201, "");
        expect(Session.post(gateway, member, challenge, signature), 401, "challenge-unknown");
        JsonNode other = Session.open(gateway, member).challengeToAdd(member);
        expect(Session.post(gateway, member, other, Session.signed(member, other)), 401, "wrong-purpose");
        JsonNode foreign = Session.challenge(gateway, "sign-in", member);
        Member stranger = Member.register(gateway, "matrix-bls-stranger");
        expect(Session.post(gateway, member, foreign, Session.signed(stranger, foreign)), 401, "invalid-signature");
    }

    @Test
    void aRefreshTokenUsedTwiceEndsItsSession() {
        Session first = Session.open(gateway, Member.register(gateway, "matrix-refresh"));
        Session second = Session.of(gateway, first.refresh().expect(201));
        expect(first.refresh(), 401, "refresh-replayed");
        assertThat(second.refresh().status()).as("its successor died with it").isEqualTo(401);
        expect(
                second.ask("POST", "/api/v1/account/api-keys", Map.of("name", "x", "scopes", List.of("report"))),
                401,
                "session-ended");
    }

    @Test
    void aRevokedSessionAndARevokedApiKeyOpenNothing() {
        Session session = Session.open(gateway, Member.register(gateway, "matrix-revoked"));
        JsonNode key = session.makeApiKey("short-lived", "account:read");
        Map<String, String> bearer = Session.bearer(key.path("key").asString());
        gateway.ask("GET", "/api/v1/account", bearer, null).expect(200);
        session.ask("DELETE", "/api/v1/account/api-keys/" + key.path("id").asString(), null)
                .expect(204);
        Http.Answer refused = Await.until(
                "the API key is refused",
                Duration.ofSeconds(15),
                () -> gateway.ask("GET", "/api/v1/account", bearer, null),
                answer -> answer.status() != 200);
        expect(refused, 401, "api-key-unknown");

        session.ask("DELETE", "/api/v1/sessions/current", null).expect(204);
        assertThat(session.refresh().status()).isEqualTo(401);
        expect(session.ask("GET", "/api/v1/account", null), 401, "session-ended");
    }

    /** The account's own routes refuse it at once; these once the gateway has forgotten what it was told, after seconds. */
    @ParameterizedTest
    @ValueSource(strings = {"sign-out", "replay", "key"})
    void theTokenOfAnEndedSessionOpensNothingAnywhere(String end) {
        Member member = Member.register(gateway, "matrix-ended-" + end);
        Session session = Session.open(gateway, member);
        assertThat(use(session, "/report").status()).isNotIn(401, 403);
        assertThat(use(session, "/api/v1/torrents").status()).isNotIn(401, 403);
        switch (end) {
            case "sign-out" ->
                session.ask("DELETE", "/api/v1/sessions/current", null).expect(204);
            case "replay" -> {
                session.refresh().expect(201);
                expect(session.refresh(), 401, "refresh-replayed");
            }
            default -> revokeTheKeyOf(session, member);
        }
        for (String path : List.of("/report", "/api/v1/torrents")) {
            Http.Answer refused = Await.until(
                    path + " is refused",
                    Duration.ofSeconds(60),
                    () -> use(session, path),
                    answer -> answer.status() == 401);
            assertThat(refused.text()).contains("The session has ended");
        }
        expect(use(session, "/api/v1/torrents"), 401, "session-ended");
    }

    /** By another key's session: an account keeps one. */
    private void revokeTheKeyOf(Session session, Member member) {
        Wallet wallet = Wallet.create();
        String message = session.challengeToAdd(wallet).path("message").asString();
        var form = Map.of("kind", "wallet", "message", message, "signature", wallet.sign(message));
        session.ask("POST", "/api/v1/account/keys", form).expect(201);
        Session.open(gateway, wallet)
                .ask("DELETE", "/api/v1/account/keys/bls/" + Session.hex(member.publicKey()), null)
                .expect(204);
    }

    /** Lets in who is known; what is sent is no report and no torrent. */
    private static Http.Answer use(Session session, String path) {
        return session.ask("POST", path, Map.of());
    }

    @Test
    void twoCredentialsAreOneTooManyAndTheOperatorsKeyWorksAtHisDoorOnly() {
        Member member = Member.register(gateway, "matrix-two");
        Session session = Session.open(gateway, member);
        var both = Map.of("Authorization", "Bearer " + session.accessToken(), "X-PBTS-Passkey", member.passkey());
        expect(gateway.ask("GET", "/api/v1/account", both, null), 400, "two-credentials");

        String key = Part.of(stack, "gateway").secret("pbts.admin-key").strip();
        Http door = new Http(
                URI.create("http://127.0.0.1:" + Part.of(stack, "gateway").setting("PBTS_ADMIN_PORT")));
        String account = "/admin/v1/accounts/" + member.userId();
        door.ask("GET", account, Session.bearer(key), null).expect(200);
        assertThat(door.get(account).status()).isEqualTo(401);
        expect(door.ask("GET", account, Session.bearer(key + "x"), null), 401, "admin-key-wrong");
        assertThat(door.ask("GET", account, Session.bearer(session.accessToken()), null)
                        .status())
                .isIn(401, 403);
        gateway.ask("GET", account, Session.bearer(key), null).expect(404);
        assertThat(gateway.ask("GET", "/api/v1/account", Session.bearer(key), null)
                        .status())
                .isEqualTo(401);
    }

    private static void expect(Http.Answer answer, int status, String code) {
        assertThat(answer.status() + " " + answer.code()).as(answer.text()).isEqualTo(status + " " + code);
    }

    private String instanceId() {
        return gateway.get("/health").expect(200).json().path("instance_id").asString();
    }

    private Http direct(String service) {
        return new Http(URI.create("http://127.0.0.1:" + Part.of(stack, service).port()));
    }
}
