package io.pbts.reputation.session;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pbts.protocol.signin.SignInSite;
import io.pbts.support.access.SignedTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Access tokens (RFC 9068) in this service's name. Short, although the gateway also asks whether their session is open. */
@Component
class AccessTokens {
    private static final String TYPE = "at+jwt";
    private static final int ID_BYTES = 16;

    private final SignedTokens tokens;
    private final SignInSite site;
    private final SessionProperties properties;
    private final SecureRandom random;
    private final Clock clock;

    AccessTokens(SignedTokens tokens, SignInSite site, SessionProperties properties, SecureRandom random, Clock clock) {
        this.tokens = tokens;
        this.site = site;
        this.properties = properties;
        this.random = random;
        this.clock = clock;
    }

    String issue(OpenSession session) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return tokens.sign(
                TYPE,
                new JWTClaimsSet.Builder()
                        .audience("pbts:" + site.instance().hex())
                        .subject(Long.toString(session.account().value()))
                        .claim("user_id", session.user().value())
                        .claim("sid", session.id().hex())
                        .claim("scope", "all")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(properties.accessFor())))
                        .jwtID(HexFormat.of().formatHex(id))
                        .build());
    }

    Duration life() {
        return properties.accessFor();
    }
}
