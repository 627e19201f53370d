package io.pbts.support.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * Makes the tokens that this service shows to others: a life of a minute, for one audience, and used again while a third of
 * it is left, since a signature costs more than the rest of a small request.
 */
public final class ServiceTokens {
    /** The header that carries a service token. The gateway removes it from what clients send. */
    public static final String HEADER = "X-PBTS-Service-Token";

    static final String TYPE = "pbts-service+jwt";
    static final String GATEWAY = "gateway";
    static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration LEAST_LEFT = Duration.ofSeconds(20);

    private final ServiceKeys keys;
    private final SignedTokens signed;
    private final Clock clock;
    private final SecureRandom random;
    private final Cache<Use, Minted> minted;

    public ServiceTokens(ServiceKeys keys, Clock clock, SecureRandom random, TokenProperties properties) {
        this.keys = keys;
        this.signed = new SignedTokens(keys, clock);
        this.clock = clock;
        this.random = random;
        this.minted = Caffeine.newBuilder()
                .maximumSize(properties.minted())
                .expireAfterWrite(LIFE)
                .build();
    }

    private record Use(String target, Optional<Caller> caller) {}

    private record Minted(String text, Instant expires, ServiceKeys.Current by) {}

    /** A token for this service's own questions to the target. */
    public String forService(String target) {
        return token(new Use(target, Optional.empty()));
    }

    /** A token that vouches for a caller: the gateway's privilege. */
    public String forCaller(String target, Caller caller) {
        if (!keys.service().equals(GATEWAY)) {
            throw new IllegalStateException("only the gateway vouches for callers, not " + keys.service());
        }
        return token(new Use(target, Optional.of(caller)));
    }

    private String token(Use use) {
        Minted known = minted.getIfPresent(use);
        if (known != null && isFresh(known)) {
            return known.text();
        }
        Minted made = mint(use);
        minted.put(use, made);
        return made.text();
    }

    private boolean isFresh(Minted known) {
        return known.by() == keys.current()
                && !known.expires().isBefore(clock.instant().plus(LEAST_LEFT));
    }

    private Minted mint(Use use) {
        if (!ServiceKeys.SERVICES.contains(use.target())) {
            throw new IllegalArgumentException("not a service of the suite: " + use.target());
        }
        ServiceKeys.Current by = keys.current();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(LIFE);
        var claims = new JWTClaimsSet.Builder()
                .audience(use.target())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .jwtID(id());
        use.caller().ifPresent(caller -> claims.claim(CallerClaim.NAME, CallerClaim.of(caller)));
        return new Minted(signed.sign(by, TYPE, claims.build()), expires, by);
    }

    private String id() {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
