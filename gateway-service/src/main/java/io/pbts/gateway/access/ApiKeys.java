package io.pbts.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.route.Owner;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/**
 * Whose an API key is: asked of reputation-service by the key's hash, and remembered for a moment, strangers' keys too. Who
 * asks while the same question is on its way waits for its answer.
 */
final class ApiKeys {
    static final String PREFIX = "pbts_";
    private static final Pattern FORM = Pattern.compile("pbts_[A-Za-z0-9_-]{43}");
    private static final String ROUTE = "/internal/v1/api-keys/resolve";

    private final BackendQuestions questions;
    private final Duration timeout;
    private final AsyncCache<String, Optional<Bearer>> known;

    ApiKeys(BackendQuestions questions, AccessProperties properties) {
        this.questions = questions;
        this.timeout = properties.askTimeout();
        this.known = Caffeine.newBuilder()
                .maximumSize(properties.remembered())
                .expireAfterWrite(properties.rememberFor())
                .executor(Runnable::run)
                .buildAsync();
    }

    Mono<Bearer> resolve(String key) {
        if (!FORM.matcher(key).matches()) {
            return Mono.error(ApiKeys::unknown);
        }
        var answer =
                known.get(Credentials.fingerprint(key), (hash, _) -> ask(hash).toFuture());
        return Mono.fromFuture(answer, true)
                .onErrorMap(failed -> Bearer.unavailable("The API key"))
                .flatMap(found -> found.map(Mono::just).orElseGet(() -> Mono.error(unknown())));
    }

    private Mono<Optional<Bearer>> ask(String hash) {
        return questions
                .ask(Owner.REPUTATION, ROUTE, Map.of("hash", hash))
                .exchangeToMono(ApiKeys::read)
                .timeout(timeout);
    }

    private static Mono<Optional<Bearer>> read(ClientResponse answer) {
        if (answer.statusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return answer.releaseBody().thenReturn(Optional.empty());
        }
        return answer.statusCode().is2xxSuccessful()
                ? answer.bodyToMono(Answer.class).map(found -> Optional.of(found.bearer()))
                : answer.createError();
    }

    private static Refusal unknown() {
        return new Refusal(401, "api-key-unknown", "The API key is not known: it was mistyped, revoked or has expired");
    }

    /** The part of the answer that is read here. A scope that this gateway does not know opens nothing. */
    record Answer(
            @JsonProperty("account_id") long accountId,
            @JsonProperty("user_id") String userId,
            List<String> scopes,
            String name) {
        Bearer bearer() {
            var held =
                    scopes.stream().flatMap(scope -> Scope.of(scope).stream()).collect(Collectors.toUnmodifiableSet());
            return new Bearer(accountId, userId, held, Caller.Credential.API_KEY, name);
        }
    }
}
