package io.pbts.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token that must not pass (RFC 8725 lists most of the ways).
 *
 * @param code what refuses it, with 401
 */
record ForgedToken(String name, String code, String text) {

    /**
     * Every way to spoil a good token.
     *
     * @param stranger a key in nobody's set
     * @param other another service's key
     * @param life how long such tokens may live, in seconds
     */
    static List<ForgedToken> of(Jws good, PublicKey published, SigningKey stranger, SigningKey other, long life) {
        List<ForgedToken> forged = new ArrayList<>(malformed(good, published));
        forged.addAll(ofTheWrongHand(good, stranger, other));
        forged.addAll(ofTheWrongPlaceOrTime(good, life));
        return forged;
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<ForgedToken> malformed(Jws good, PublicKey published) {
        String none = good.header("alg", "none").body() + ".";
        return List.of(
                new ForgedToken("not a token", "token-malformed", "a.b.c"),
                new ForgedToken("one part", "token-malformed", "eyJhbGciOiJFUzI1NiJ9"),
                new ForgedToken("very long", "token-malformed", "a".repeat(5000)),
                new ForgedToken("alg=none", "token-malformed", none),
                new ForgedToken(
                        "alg=None with a signature",
                        "token-malformed",
                        good.header("alg", "None").text()),
                new ForgedToken("HS256 with the public key", "token-malformed", hmac(good, published)),
                new ForgedToken(
                        "ES384", "token-malformed", good.header("alg", "ES384").text()),
                new ForgedToken(
                        "another type",
                        "token-malformed",
                        good.header("typ", "JWT").text()),
                new ForgedToken(
                        "jku",
                        "token-malformed",
                        good.header("jku", "http://127.0.0.1:1/keys").text()),
                new ForgedToken(
                        "x5u",
                        "token-malformed",
                        good.header("x5u", "http://127.0.0.1:1/keys").text()),
                new ForgedToken(
                        "crit",
                        "token-malformed",
                        good.header("crit", List.of("exp")).text()),
                new ForgedToken(
                        "its own key",
                        "token-malformed",
                        good.header("jwk", SigningKey.fresh("gateway").entry()).text()),
                new ForgedToken("no end", "token-malformed", good.without("exp").text()));
    }

    private static List<ForgedToken> ofTheWrongHand(Jws good, SigningKey stranger, SigningKey other) {
        String kid = good.key().kid();
        String text = good.text();
        return List.of(
                new ForgedToken(
                        "kid that climbs",
                        "token-key-unknown",
                        good.header("kid", "../../../../etc/passwd").text()),
                new ForgedToken(
                        "kid that is a null device",
                        "token-key-unknown",
                        good.header("kid", "/dev/null").text()),
                new ForgedToken(
                        "kid with a quote",
                        "token-key-unknown",
                        good.header("kid", "x' OR '1'='1").text()),
                new ForgedToken(
                        "unknown key",
                        "token-key-unknown",
                        good.signedBy(stranger).header("kid", stranger.kid()).text()),
                new ForgedToken(
                        "stranger under a known kid",
                        "token-signature",
                        good.signedBy(stranger.under(kid)).text()),
                new ForgedToken(
                        "another service's key under this kid",
                        "token-signature",
                        good.signedBy(other.under(kid)).text()),
                new ForgedToken(
                        "another service's token",
                        "token-issuer",
                        good.signedBy(other).header("kid", other.kid()).text()),
                new ForgedToken(
                        "signature of zeroes", "token-signature", good.body() + "." + Jws.encoded(new byte[64])),
                new ForgedToken("claims changed after signing", "token-signature", grafted(good, text)));
    }

    private static List<ForgedToken> ofTheWrongPlaceOrTime(Jws good, long life) {
        long now = Report.now();
        return List.of(
                new ForgedToken(
                        "expired",
                        "token-expired",
                        good.with("iat", now - life).with("exp", now - 60).text()),
                new ForgedToken(
                        "not yet",
                        "token-expired",
                        good.with("iat", now + 120).with("exp", now + 150).text()),
                new ForgedToken(
                        "life of an hour",
                        "token-expired",
                        good.with("exp", now + 3_600).text()),
                new ForgedToken(
                        "one second too long",
                        "token-expired",
                        good.with("iat", now).with("exp", now + life + 1).text()),
                new ForgedToken(
                        "wrong audience",
                        "token-audience",
                        good.with("aud", "somebody-else").text()),
                new ForgedToken(
                        "two audiences",
                        "token-audience",
                        good.with("aud", List.of(String.valueOf(good.claims().get("aud")), "gateway"))
                                .text()));
    }

    private static String grafted(Jws good, String text) {
        String[] parts = text.split("\\.", -1);
        String[] other = good.with("jti", "another").body().split("\\.", -1);
        return parts[0] + "." + other[1] + "." + parts[2];
    }

    /** A verifier that believes {@code alg} would take the published key for a shared secret. */
    private static String hmac(Jws good, PublicKey published) {
        String body = good.header("alg", "HS256").body();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(published.getEncoded(), "HmacSHA256"));
            return body + "." + Jws.encoded(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Map<String, String> asBearer() {
        return Map.of("Authorization", "Bearer " + text);
    }
}
