package io.pbts.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A token as a test wants it, good or forged: compact JWS (RFC 7515), put together by hand. */
record Jws(SigningKey key, Map<String, Object> header, Map<String, Object> claims) {
    static final String HEADER = "X-PBTS-Service-Token";
    private static final AtomicLong IDS = new AtomicLong();

    /** One service speaks to another on its own account. */
    static Jws service(SigningKey from, String to) {
        long now = Report.now();
        String sender = from.kid().substring(0, from.kid().indexOf('.'));
        return new Jws(
                from,
                Map.of("alg", "ES256", "typ", "pbts-service+jwt", "kid", from.kid()),
                Map.of("iss", sender, "aud", to, "iat", now, "exp", now + 60, "jti", id()));
    }

    /** The access token of a session, as reputation-service would sign it. */
    static Jws session(SigningKey reputation, String instanceId, String accountId, String userId, String session) {
        long now = Report.now();
        return new Jws(
                reputation,
                Map.of("alg", "ES256", "typ", "at+jwt", "kid", reputation.kid()),
                Map.of(
                        "iss",
                        "reputation",
                        "aud",
                        "pbts:" + instanceId,
                        "iat",
                        now,
                        "exp",
                        now + 900,
                        "jti",
                        id(),
                        "sub",
                        accountId,
                        "user_id",
                        userId,
                        "sid",
                        session,
                        "scope",
                        "all"));
    }

    Jws asAnonymous(String address) {
        return with("caller", Map.of("kind", "anonymous", "address", address));
    }

    Jws asAdmin() {
        return with("caller", Map.of("kind", "admin", "address", "127.0.0.1"));
    }

    Jws asAccount(String accountId, String userId, String credential, String credentialId, List<String> scopes) {
        return with(
                "caller",
                Map.of(
                        "kind", "account",
                        "address", "192.0.2.1",
                        "account_id", accountId,
                        "user_id", userId,
                        "scopes", scopes,
                        "credential", credential,
                        "credential_id", credentialId));
    }

    Jws with(String claim, Object value) {
        return new Jws(key, header, changed(claims, claim, value));
    }

    Jws without(String claim) {
        var fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new Jws(key, header, fewer);
    }

    Jws header(String name, Object value) {
        return new Jws(key, changed(header, name, value), claims);
    }

    Jws signedBy(SigningKey other) {
        return new Jws(other, header, claims);
    }

    String text() {
        String body = body();
        return body + "." + encoded(key.sign(body.getBytes(UTF_8)));
    }

    /** Header and claims, the part that is signed. */
    String body() {
        return encoded(Stack.JSON.writeValueAsBytes(header)) + "." + encoded(Stack.JSON.writeValueAsBytes(claims));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        var more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static String id() {
        return "acceptance-" + IDS.incrementAndGet();
    }
}
