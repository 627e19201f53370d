package io.pbts.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.route.Owner;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Whose an API key is: asked of reputation-service by the key's hash, and remembered for a moment, strangers' keys too. */
final class ApiKeys {
    static final String PREFIX = "pbts_";
    private static final Pattern FORM = Pattern.compile("pbts_[A-Za-z0-9_-]{43}");
    private static final String ROUTE = "/internal/v1/api-keys/resolve";

    private final Remembered<Bearer> holders;

    ApiKeys(BackendQuestions questions, AccessProperties properties) {
        this.holders = new Remembered<>(
                "The API key",
                hash -> questions.ask(Owner.REPUTATION, ROUTE, Map.of("hash", hash)),
                answer -> answer.bodyToMono(Answer.class).map(Answer::bearer),
                properties);
    }

    Mono<Bearer> resolve(String key) {
        if (!FORM.matcher(key).matches()) {
            return Mono.error(ApiKeys::unknown);
        }
        return holders.about(Credentials.fingerprint(key)).map(found -> found.orElseThrow(ApiKeys::unknown));
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
