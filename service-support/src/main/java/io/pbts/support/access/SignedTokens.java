package io.pbts.support.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Compact JWS (RFC 7515) of the suite: ES256, one type per use, the key named by {@code kid} and looked up in the mounted
 * set, never anywhere else. Follows RFC 8725: the algorithm is fixed, the type explicit, unknown headers are refused.
 */
public final class SignedTokens {
    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final int LONGEST = 4096;
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");

    private final ServiceKeys keys;
    private final Clock clock;

    public SignedTokens(ServiceKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a token must be.
     *
     * @param type its header {@code typ}
     * @param issuers the services that may sign one
     * @param audience its only {@code aud}
     * @param longestLife from {@code iat} to {@code exp}
     */
    public record Expected(String type, Set<String> issuers, String audience, Duration longestLife) {
        public Expected {
            issuers = Set.copyOf(issuers);
        }
    }

    /** What a token turned out to be. */
    public sealed interface Verdict {
        /** Signed by the issuer's key, for this audience, now. */
        record Good(String issuer, JWTClaimsSet claims, Instant expires) implements Verdict {}

        /** Refused; the code is stable and the sentence may be shown. */
        record Bad(String code, String sentence) implements Verdict {}
    }

    /** Signs the claims with this service's own key, which says who issued them. */
    public String sign(String type, JWTClaimsSet claims) {
        return sign(keys.current(), type, claims);
    }

    String sign(ServiceKeys.Current by, String type, JWTClaimsSet claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(by.kid())
                .build();
        var complete = new JWTClaimsSet.Builder(claims).issuer(keys.service()).build();
        var token = new JWSObject(header, complete.toPayload());
        try {
            token.sign(by.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("the service's key cannot sign", e);
        }
        return token.serialize();
    }

    public Verdict verify(String text, Expected expected) {
        return verify(keys.current(), text, expected);
    }

    Verdict verify(ServiceKeys.Current by, String text, Expected expected) {
        JWSObject token;
        try {
            token = parse(text);
        } catch (ParseException | IllegalArgumentException unreadable) {
            return malformed("it is not a compact JWS");
        }
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !new JOSEObjectType(expected.type()).equals(header.getType())
                || !HEADERS.equals(header.getIncludedParams())) {
            return malformed(
                    "its header must be alg ES256, typ %s and kid, and nothing else".formatted(expected.type()));
        }
        return by.find(header.getKeyID())
                .map(key -> isSigned(token, key)
                        ? judged(token, key.service(), expected)
                        : new Verdict.Bad("token-signature", "The token's signature is wrong"))
                .orElseGet(() -> new Verdict.Bad("token-key-unknown", "The token's key is not known here"));
    }

    private static JWSObject parse(String text) throws ParseException {
        if (text.length() > LONGEST) {
            throw new ParseException("longer than any of ours", LONGEST);
        }
        return JWSObject.parse(text);
    }

    private static boolean isSigned(JWSObject token, PublicKeyEntry key) {
        try {
            return token.verify(key.verifier());
        } catch (JOSEException e) {
            return false;
        }
    }

    private Verdict judged(JWSObject token, String signedBy, Expected expected) {
        JWTClaimsSet claims;
        try {
            claims = JWTClaimsSet.parse(token.getPayload().toJSONObject());
        } catch (ParseException | RuntimeException unreadable) {
            return malformed("its claims cannot be read");
        }
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        if (issued == null || expires == null || claims.getJWTID() == null) {
            return malformed("it needs iat, exp and jti");
        }
        if (!signedBy.equals(claims.getIssuer()) || !expected.issuers().contains(signedBy)) {
            return new Verdict.Bad("token-issuer", "The token's issuer is not who may issue it with this key");
        }
        if (!List.of(expected.audience()).equals(claims.getAudience())) {
            return new Verdict.Bad("token-audience", "The token was made for another audience");
        }
        return isAlive(issued.toInstant(), expires.toInstant(), expected.longestLife())
                ? new Verdict.Good(signedBy, claims, expires.toInstant())
                : new Verdict.Bad("token-expired", "The token is not valid now, or for longer than it may be");
    }

    private boolean isAlive(Instant issued, Instant expires, Duration longestLife) {
        Instant now = clock.instant();
        return !issued.minus(LEEWAY).isAfter(now)
                && expires.plus(LEEWAY).isAfter(now)
                && !expires.isBefore(issued)
                && Duration.between(issued, expires).compareTo(longestLife) <= 0;
    }

    private static Verdict malformed(String why) {
        return new Verdict.Bad("token-malformed", "The token is malformed: " + why);
    }
}
