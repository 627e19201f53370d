package io.pbts.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pbts.gateway.forward.InstanceId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.SignedTokens;
import io.pbts.support.access.SignedTokens.Verdict;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Whose a session's access token is (RFC 9068): signed by reputation-service for this instance. Checked here without asking
 * anybody; for a moment the answer is kept, since a signature costs more than the rest of a small request.
 */
final class Sessions {
    private static final String TYPE = "at+jwt";
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final SignedTokens tokens;
    private final InstanceId instanceId;
    private final Clock clock;
    private final Cache<String, Known> verified;

    Sessions(SignedTokens tokens, InstanceId instanceId, Clock clock, AccessProperties properties) {
        this.tokens = tokens;
        this.instanceId = instanceId;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(properties.remembered())
                .expireAfterWrite(properties.rememberFor())
                .executor(Runnable::run)
                .build();
    }

    private record Known(Bearer bearer, Instant until) {}

    Mono<Bearer> verify(String token) {
        String fingerprint = Credentials.fingerprint(token);
        Known known = verified.getIfPresent(fingerprint);
        if (known != null && known.until().isAfter(clock.instant())) {
            return Mono.just(known.bearer());
        }
        return instanceId.get().map(instance -> {
            Known found = judge(token, instance.orElseThrow(() -> Bearer.unavailable("The session")));
            verified.put(fingerprint, found);
            return found.bearer();
        });
    }

    private Known judge(String token, String instance) {
        var expected = new SignedTokens.Expected(TYPE, Set.of("reputation"), "pbts:" + instance, LIFE);
        return switch (tokens.verify(token, expected)) {
            case Verdict.Bad(String code, String sentence) -> throw new Refusal(401, code, sentence);
            case Verdict.Good good -> new Known(bearer(good.claims()), good.expires());
        };
    }

    private static Bearer bearer(JWTClaimsSet claims) {
        try {
            return new Bearer(
                    Long.parseLong(claimed(claims.getSubject())),
                    claimed(claims.getStringClaim("user_id")),
                    EnumSet.allOf(Scope.class),
                    Caller.Credential.SESSION,
                    claimed(claims.getStringClaim("sid")));
        } catch (ParseException | IllegalArgumentException notOurs) {
            throw new Refusal(401, "token-malformed", "The token is malformed: its account cannot be read", notOurs);
        }
    }

    private static String claimed(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("a claim is missing");
        }
        return value;
    }
}
