package io.pbts.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Mono;

/**
 * What reputation-service says of a credential, remembered for a moment, also that it knows none. Who asks while the same
 * question is on its way waits for its answer; a question that failed is not remembered.
 */
final class Remembered<T> {
    private final String what;
    private final Function<String, RequestHeadersSpec<?>> question;
    private final Function<ClientResponse, Mono<T>> reading;
    private final Duration timeout;
    private final AsyncCache<String, Optional<T>> known;

    /** {@code what}: as a refusal calls the credential while nobody can say. */
    Remembered(
            String what,
            Function<String, RequestHeadersSpec<?>> question,
            Function<ClientResponse, Mono<T>> reading,
            AccessProperties properties) {
        this.what = what;
        this.question = question;
        this.reading = reading;
        this.timeout = properties.askTimeout();
        this.known = Caffeine.newBuilder()
                .maximumSize(properties.remembered())
                .expireAfterWrite(properties.rememberFor())
                .executor(Runnable::run)
                .buildAsync();
    }

    /**
     * Empty for what is not known there; 503 {@code unavailable} when there is no answer. A question is part of the trace of
     * whoever asked it first.
     */
    Mono<Optional<T>> about(String key) {
        return Mono.deferContextual(asker -> Mono.fromFuture(
                        () -> known.get(
                                key,
                                (asked, _) -> ask(asked).contextWrite(asker).toFuture()),
                        true))
                .onErrorMap(failed -> Bearer.unavailable(what));
    }

    private Mono<Optional<T>> ask(String key) {
        return question.apply(key).exchangeToMono(this::read).timeout(timeout);
    }

    private Mono<Optional<T>> read(ClientResponse answer) {
        if (answer.statusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return answer.releaseBody().thenReturn(Optional.empty());
        }
        return answer.statusCode().is2xxSuccessful()
                ? reading.apply(answer).map(Optional::of).switchIfEmpty(answer.createError())
                : answer.createError();
    }
}
