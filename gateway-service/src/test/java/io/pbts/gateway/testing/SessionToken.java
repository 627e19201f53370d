package io.pbts.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session's access token as reputation-service signs one for alice, account 17, and as it must not be. */
public record SessionToken(ECKey key, String type, Map<String, Object> claims) {

    /** Its session. */
    public static final String SESSION = "5e".repeat(16);

    public static SessionToken of(String instance) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "iss", "reputation",
                "aud", "pbts:" + instance,
                "sub", "17",
                "user_id", "alice",
                "sid", SESSION,
                "scope", "all",
                "jti", "j-1",
                "iat", now,
                "exp", now + 900));
        return new SessionToken(TestKeys.key("reputation"), "at+jwt", claims);
    }

    /** One token for each way of being wrong. */
    public static List<SpoiledToken> matrix(String instance) {
        SessionToken good = of(instance);
        long now = Clock.systemUTC().instant().getEpochSecond();
        String text = good.text();
        return List.of(
                new SpoiledToken("nonsense", "token-malformed", "nonsense"),
                new SpoiledToken(
                        "another type",
                        "token-malformed",
                        good.as("pbts-service+jwt").text()),
                new SpoiledToken(
                        "alg none", "token-malformed", "eyJhbGciOiJub25lIn0." + text.split("\\.", -1)[1] + "."),
                new SpoiledToken(
                        "no sid", "token-malformed", good.with("sid", "").text()),
                new SpoiledToken(
                        "a sid that is a path",
                        "token-malformed",
                        good.with("sid", "../api-keys/resolve").text()),
                new SpoiledToken(
                        "no number",
                        "token-malformed",
                        good.with("sub", "seventeen").text()),
                new SpoiledToken(
                        "account nought",
                        "token-malformed",
                        good.with("sub", "0").text()),
                new SpoiledToken(
                        "a stranger's key",
                        "token-key-unknown",
                        good.by(TestKeys.anotherKey("reputation")).text()),
                new SpoiledToken(
                        "kid as a path",
                        "token-key-unknown",
                        good.by(named("../../etc/passwd")).text()),
                new SpoiledToken(
                        "spoiled signature", "token-signature", text.substring(0, text.length() - 6) + "AAAAAA"),
                new SpoiledToken(
                        "another instance",
                        "token-audience",
                        good.with("aud", "pbts:" + "cd".repeat(32)).text()),
                new SpoiledToken(
                        "a service's audience",
                        "token-audience",
                        good.with("aud", "gateway").text()),
                new SpoiledToken(
                        "expired",
                        "token-expired",
                        good.with("iat", now - 920).with("exp", now - 20).text()),
                new SpoiledToken(
                        "life of an hour",
                        "token-expired",
                        good.with("exp", now + 3600).text()),
                new SpoiledToken(
                        "another service's",
                        "token-issuer",
                        good.by(TestKeys.key("receipt")).with("iss", "receipt").text()),
                new SpoiledToken(
                        "the gateway's own",
                        "token-issuer",
                        good.by(TestKeys.key("gateway")).with("iss", "gateway").text()));
    }

    public SessionToken with(String claim, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.put(claim, value);
        return new SessionToken(key, type, changed);
    }

    public String text() {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build();
        var token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private SessionToken by(ECKey other) {
        return new SessionToken(other, type, claims);
    }

    private SessionToken as(String other) {
        return new SessionToken(key, other, claims);
    }

    private static ECKey named(String kid) {
        return new ECKey.Builder(TestKeys.key("reputation")).keyID(kid).build();
    }
}
