package io.pbts.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.forward.InstanceId;
import io.pbts.gateway.route.Owner;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.SignedTokens;
import io.pbts.support.access.SignedTokens.Verdict;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Whose a session's access token is (RFC 9068): signed by reputation-service for this instance, which is checked here and kept
 * for a moment, since a signature costs more than the rest of a small request. Whether the session is still open
 * is asked of reputation-service and remembered for a moment too: a token outlives its session by that and no more.
 */
final class Sessions {
    private static final String TYPE = "at+jwt";
    private static final String ROUTE = "/internal/v1/sessions/";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final SignedTokens tokens;
    private final InstanceId instanceId;
    private final Clock clock;
    private final Cache<String, Known> verified;
    private final Remembered<Answer> open;

    Sessions(
            SignedTokens tokens,
            InstanceId instanceId,
            BackendQuestions questions,
            Clock clock,
            AccessProperties properties) {
        this.tokens = tokens;
        this.instanceId = instanceId;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(properties.remembered())
                .expireAfterWrite(properties.rememberFor())
                .executor(Runnable::run)
                .build();
        this.open = new Remembered<>(
                "The session",
                id -> questions.ask(Owner.REPUTATION, ROUTE + id),
                answer -> answer.bodyToMono(Answer.class),
                properties);
    }

    private record Known(Bearer bearer, Instant until) {}

    Mono<Bearer> verify(String token) {
        return signed(token).flatMap(this::stillOpen);
    }

    private Mono<Bearer> signed(String token) {
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

    private Mono<Bearer> stillOpen(Bearer bearer) {
        return open.about(bearer.credentialId())
                .map(found -> found.filter(session -> session.accountId() == bearer.accountId())
                        .map(session -> bearer)
                        .orElseThrow(() -> new Refusal(401, "session-ended", "The session has ended; sign in again")));
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
                    Scope.owners(),
                    Caller.Credential.SESSION,
                    sessionId(claims.getStringClaim("sid")));
        } catch (ParseException | IllegalArgumentException notOurs) {
            throw new Refusal(401, "token-malformed", "The token is malformed: its account cannot be read", notOurs);
        }
    }

    /** It becomes part of a path. */
    private static String sessionId(@Nullable String value) {
        if (value == null || !ID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a session's id");
        }
        return value;
    }

    private static String claimed(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("a claim is missing");
        }
        return value;
    }

    /** The part of the answer that is read here. */
    record Answer(@JsonProperty("account_id") long accountId) {
        Answer {
            if (accountId < 1) {
                throw new IllegalArgumentException("an answer without an account");
            }
        }
    }
}
