package io.pbts.support.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.support.access.SignedTokens.Verdict.Bad;
import io.pbts.support.access.SignedTokens.Verdict.Good;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says who shows a service token. A token whose signature was checked is known by its text until it expires or the keys
 * change, so that asking again costs a hash lookup. Refused tokens are not remembered: whoever sends rubbish pays for the
 * memory of nobody else.
 */
public final class ServiceTokenVerifier {
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final ServiceKeys keys;
    private final SignedTokens signed;
    private final SignedTokens.Expected expected;
    private final Clock clock;
    private final Cache<String, Known> verified;

    public ServiceTokenVerifier(ServiceKeys keys, Clock clock, TokenProperties properties) {
        this.keys = keys;
        this.signed = new SignedTokens(keys, clock);
        this.expected =
                new SignedTokens.Expected(ServiceTokens.TYPE, ServiceKeys.SERVICES, keys.service(), ServiceTokens.LIFE);
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(properties.verified())
                .expireAfterWrite(ServiceTokens.LIFE.plus(LEEWAY))
                .build();
    }

    /** Who shows the token, or why it is refused. */
    public sealed interface Answer {
        record Accepted(Caller caller) implements Answer {}

        /** A 401 with this code; the sentence may be shown. */
        record Refused(String code, String sentence) implements Answer {}
    }

    private record Known(Answer.Accepted answer, Instant until, ServiceKeys.Current by) {}

    /** Judges the value of {@value ServiceTokens#HEADER}; null or empty when none was sent. Never blocks on anything remote. */
    public Answer verify(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return new Answer.Refused(
                    "token-missing", "Services are reached through the gateway, or with a service token");
        }
        ServiceKeys.Current by = keys.current();
        Known known = verified.getIfPresent(token);
        if (known != null && known.by() == by && known.until().isAfter(clock.instant())) {
            return known.answer();
        }
        return switch (signed.verify(by, token, expected)) {
            case Bad(String code, String sentence) -> new Answer.Refused(code, sentence);
            case Good good -> accepted(token, good, by);
        };
    }

    private Answer accepted(String token, Good good, ServiceKeys.Current by) {
        Object claim = good.claims().getClaim(CallerClaim.NAME);
        boolean claimed = good.claims().getClaims().containsKey(CallerClaim.NAME);
        if (claimed && !good.issuer().equals(ServiceTokens.GATEWAY)) {
            return new Answer.Refused("token-issuer", "Only the gateway vouches for callers");
        }
        Caller caller;
        try {
            caller = claimed ? CallerClaim.read(claim) : new Caller.Sibling(good.issuer());
        } catch (IllegalArgumentException notOurs) {
            return new Answer.Refused("token-malformed", "The token is malformed: its caller cannot be read");
        }
        var answer = new Answer.Accepted(caller);
        verified.put(token, new Known(answer, good.expires().plus(LEEWAY), by));
        return answer;
    }
}
