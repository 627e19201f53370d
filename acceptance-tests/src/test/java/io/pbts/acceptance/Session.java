package io.pbts.acceptance;

import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody signed in, as a headless agent is: two tokens and nothing else. */
record Session(Http gateway, String accessToken, String refreshToken, String userId) {

    static Session of(Http gateway, Http.Answer answer) {
        JsonNode opened = answer.json();
        return new Session(
                gateway,
                opened.path("access_token").asString(),
                opened.path("refresh_token").asString(),
                opened.path("user_id").asString());
    }

    static JsonNode challenge(Http gateway, String purpose, Wallet wallet) {
        return gateway.postJson(
                        "/api/v1/challenges", Map.of("purpose", purpose, "kind", "wallet", "address", wallet.address()))
                .expect(201)
                .json();
    }

    static JsonNode challenge(Http gateway, String purpose, Member member) {
        return gateway.postJson(
                        "/api/v1/challenges",
                        Map.of("purpose", purpose, "kind", "bls", "public_key", hex(member.publicKey())))
                .expect(201)
                .json();
    }

    /** What this wallet has to sign to be added to the account of this session. */
    JsonNode challengeToAdd(Wallet wallet) {
        return ask(
                        "POST",
                        "/api/v1/challenges",
                        Map.of("purpose", "add-key", "kind", "wallet", "address", wallet.address()))
                .expect(201)
                .json();
    }

    /** The same for a BLS key. */
    JsonNode challengeToAdd(Member member) {
        return ask(
                        "POST",
                        "/api/v1/challenges",
                        Map.of("purpose", "add-key", "kind", "bls", "public_key", hex(member.publicKey())))
                .expect(201)
                .json();
    }

    /** Registers the wallet; answers the 201. */
    static JsonNode register(Http gateway, Wallet wallet) {
        String message = challenge(gateway, "register", wallet).path("message").asString();
        return gateway.postJson(
                        "/register",
                        Map.of("userAddress", wallet.address(), "message", message, "signature", wallet.sign(message)))
                .expect(201)
                .json();
    }

    static Session open(Http gateway, Wallet wallet) {
        String message = challenge(gateway, "sign-in", wallet).path("message").asString();
        return of(gateway, post(gateway, message, wallet.sign(message)).expect(201));
    }

    static Session open(Http gateway, Member member) {
        JsonNode challenge = challenge(gateway, "sign-in", member);
        return of(
                gateway,
                post(gateway, member, challenge, signed(member, challenge)).expect(201));
    }

    /** A BLS signature over the bytes of a challenge, in hex. */
    static String signed(Member member, JsonNode challenge) {
        String message = challenge.path("message").asString();
        return hex(IndependentClient.get()
                .ask("bls_sign", Map.of("secret", member.secret(), "message", message))
                .path("signature")
                .asString());
    }

    static Http.Answer post(Http gateway, Member member, JsonNode challenge, String signature) {
        return gateway.postJson(
                "/api/v1/sessions",
                Map.of(
                        "kind",
                        "bls",
                        "public_key",
                        hex(member.publicKey()),
                        "nonce",
                        challenge.path("nonce").asString(),
                        "signature",
                        signature));
    }

    /** How the newer API spells keys and signatures. */
    static String hex(String base64) {
        return Bytes.fromBase64String(base64).toUnprefixedHexString();
    }

    static Http.Answer post(Http gateway, String message, String signature) {
        return gateway.postJson(
                "/api/v1/sessions", Map.of("kind", "wallet", "message", message, "signature", signature));
    }

    Http.Answer refresh() {
        return gateway.postJson("/api/v1/sessions/refresh", Map.of("refresh_token", refreshToken));
    }

    Http.Answer ask(String method, String path, @Nullable Object body) {
        return gateway.ask(method, path, bearer(accessToken), body);
    }

    JsonNode makeApiKey(String name, String... scopes) {
        return ask("POST", "/api/v1/account/api-keys", Map.of("name", name, "scopes", List.of(scopes)))
                .expect(201)
                .json();
    }

    /** What a caller sends who holds this token or key. */
    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
        return userId;
    }
}
