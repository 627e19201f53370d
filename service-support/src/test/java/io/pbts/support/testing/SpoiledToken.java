package io.pbts.support.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token that must not pass, spoiled in one way.
 *
 * @param name the way
 * @param code what refuses it, with 401
 */
public record SpoiledToken(String name, String code, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    /** All of them, made for this receiver, now. */
    public static List<SpoiledToken> matrix(String receiver) {
        return Stream.of(malformed(receiver), ofTheWrongHand(receiver), ofTheWrongPlaceOrTime(receiver))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<SpoiledToken> malformed(String to) {
        return List.of(
                spoiled("not a token", "token-malformed", "not.a.token"),
                spoiled("nested deeply", "token-malformed", nested()),
                spoiled("very long", "token-malformed", "a".repeat(5000)),
                spoiled("without expiry", "token-malformed", header(Map.of("alg", "ES256"), without(to, "exp"))),
                spoiled("without issue time", "token-malformed", header(Map.of("alg", "ES256"), without(to, "iat"))),
                spoiled("alg none", "token-malformed", unsigned(to)),
                spoiled("hmac with the public key", "token-malformed", hmac(to)),
                spoiled("another type", "token-malformed", header(Map.of("alg", "ES256", "typ", "at+jwt"), claims(to))),
                spoiled("without a type", "token-malformed", header(Map.of("alg", "ES256", "typ", ""), claims(to))),
                spoiled("without a kid", "token-malformed", header(Map.of("alg", "ES256", "kid", ""), claims(to))),
                spoiled(
                        "key from elsewhere",
                        "token-malformed",
                        header(Map.of("alg", "ES256", "jku", "http://192.0.2.1/"), claims(to))),
                spoiled(
                        "certificate from elsewhere",
                        "token-malformed",
                        header(Map.of("alg", "ES256", "x5u", "http://192.0.2.1/"), claims(to))),
                spoiled(
                        "brings its own key",
                        "token-malformed",
                        header(
                                Map.of(
                                        "alg",
                                        "ES256",
                                        "jwk",
                                        stranger().toPublicJWK().toJSONObject()),
                                claims(to))),
                spoiled(
                        "critical extension",
                        "token-malformed",
                        header(Map.of("alg", "ES256", "crit", new String[] {"exp"}), claims(to))),
                spoiled(
                        "caller that is a text",
                        "token-malformed",
                        gateway(to).with("caller", "admin").text()),
                spoiled(
                        "caller of an unknown kind",
                        "token-malformed",
                        gateway(to)
                                .with("caller", Map.of("kind", "root", "address", "127.0.0.1"))
                                .text()),
                spoiled(
                        "caller at a host name",
                        "token-malformed",
                        gateway(to)
                                .with("caller", Map.of("kind", "anonymous", "address", "localhost"))
                                .text()));
    }

    private static List<SpoiledToken> ofTheWrongHand(String to) {
        return List.of(
                spoiled(
                        "kid that climbs",
                        "token-key-unknown",
                        header(Map.of("alg", "ES256", "kid", "../../etc/passwd"), claims(to))),
                spoiled(
                        "kid that is a url",
                        "token-key-unknown",
                        header(Map.of("alg", "ES256", "kid", "http://192.0.2.1/"), claims(to))),
                spoiled(
                        "unknown key",
                        "token-key-unknown",
                        gateway(to).signedBy(stranger()).text()),
                spoiled(
                        "stranger under a known kid",
                        "token-signature",
                        gateway(to).signedBy(disguised("gateway")).text()),
                spoiled(
                        "another services key under the gateways kid",
                        "token-signature",
                        header(Map.of("alg", "ES256"), claims(to), "receipt")),
                spoiled(
                        "signature of zeroes",
                        "token-signature",
                        body(gateway(to).text()) + "." + encoded(new byte[64])),
                spoiled("claims of another token", "token-signature", mixed(to)),
                spoiled(
                        "issuer is not the keys",
                        "token-issuer",
                        TestKeys.token("receipt", to).with("iss", "gateway").text()),
                spoiled(
                        "caller from a service",
                        "token-issuer",
                        TestKeys.token("receipt", to).asAdmin().text()));
    }

    private static List<SpoiledToken> ofTheWrongPlaceOrTime(String to) {
        return List.of(
                spoiled(
                        "expired",
                        "token-expired",
                        gateway(to).at(shifted(-120)).text()),
                spoiled(
                        "from the future",
                        "token-expired",
                        gateway(to).at(shifted(120)).text()),
                spoiled(
                        "life of an hour",
                        "token-expired",
                        gateway(to).with("exp", now() + 3600).text()),
                spoiled(
                        "life of sixty one seconds",
                        "token-expired",
                        gateway(to).with("iat", now()).with("exp", now() + 61).text()),
                spoiled(
                        "ends before it begins",
                        "token-expired",
                        gateway(to).with("exp", now() - 1).text()),
                spoiled(
                        "wrong audience",
                        "token-audience",
                        gateway(to.equals("contract") ? "receipt" : "contract").text()),
                spoiled(
                        "two audiences",
                        "token-audience",
                        gateway(to).with("aud", new String[] {to, "gateway"}).text()),
                spoiled("no audience", "token-audience", header(Map.of("alg", "ES256"), without(to, "aud"))));
    }

    private static SpoiledToken spoiled(String name, String code, String text) {
        return new SpoiledToken(name, code, text);
    }

    private static TestToken gateway(String to) {
        return TestKeys.token("gateway", to);
    }

    private static Map<String, Object> claims(String to) {
        return gateway(to).payload();
    }

    private static Map<String, Object> without(String to, String claim) {
        var claims = new LinkedHashMap<>(claims(to));
        claims.remove(claim);
        return claims;
    }

    private static ECKey stranger() {
        return TestKeys.anotherKey("gateway");
    }

    private static ECKey disguised(String service) {
        return new ECKey.Builder(stranger())
                .keyID(TestKeys.key(service).getKeyID())
                .build();
    }

    private static String header(Map<String, Object> header, Map<String, Object> claims) {
        return header(header, claims, "gateway");
    }

    /** The gateway's usual header, changed (an empty value takes one away), signed as the service would sign it. */
    private static String header(Map<String, Object> changes, Map<String, Object> claims, String signer) {
        String body = unsigned(changes, claims);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(TestKeys.key(signer).toECPrivateKey());
            signature.update(body.getBytes(UTF_8));
            return body + "." + encoded(ECDSA.transcodeSignatureToConcat(signature.sign(), 64));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(Map<String, Object> changes, Map<String, Object> claims) {
        var complete = new LinkedHashMap<String, Object>();
        complete.put("typ", "pbts-service+jwt");
        complete.put("kid", TestKeys.key("gateway").getKeyID());
        complete.putAll(changes);
        complete.values().removeIf(""::equals);
        return encoded(JSON.writeValueAsBytes(complete)) + "." + encoded(JSON.writeValueAsBytes(claims));
    }

    private static String unsigned(String to) {
        return unsigned(Map.of("alg", "none"), claims(to)) + ".";
    }

    /** RFC 8725, section 2.1: a verifier that trusts {@code alg} would take the public key for a shared secret. */
    private static String hmac(String to) {
        String body = unsigned(Map.of("alg", "HS256"), claims(to));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestKeys.key("gateway").toECPublicKey().getEncoded(), "HmacSHA256"));
            return body + "." + encoded(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A header that a recursive parser would follow until its stack ends. */
    private static String nested() {
        String depths = "[".repeat(1400) + "]".repeat(1400);
        return encoded(("{\"alg\":\"ES256\",\"x\":" + depths + "}").getBytes(UTF_8)) + ".e30." + encoded(new byte[64]);
    }

    private static String mixed(String to) {
        String[] good = gateway(to).text().split("\\.", -1);
        String[] other = gateway(to).asAdmin().text().split("\\.", -1);
        return good[0] + "." + other[1] + "." + good[2];
    }

    private static String body(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static long now() {
        return Clock.systemUTC().instant().getEpochSecond();
    }

    private static Clock shifted(long seconds) {
        Instant then = Clock.systemUTC().instant().plus(Duration.ofSeconds(seconds));
        return Clock.fixed(then, java.time.ZoneOffset.UTC);
    }
}
