package io.pbts.gateway.forward;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.gateway.route.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** The instance id, asked of reputation-service until it is known: it never changes. */
public final class InstanceId {
    private final BackendQuestions questions;
    private final Duration timeout;
    private final AtomicReference<Optional<String>> known = new AtomicReference<>(Optional.empty());

    InstanceId(BackendQuestions questions, Duration timeout) {
        this.questions = questions;
        this.timeout = timeout;
    }

    /** Empty while reputation-service cannot be asked; never an error. */
    public Mono<Optional<String>> get() {
        Optional<String> cached = known.get();
        if (cached.isPresent()) {
            return Mono.just(cached);
        }
        return questions
                .ask(Owner.REPUTATION, "/internal/v1/instance")
                .retrieve()
                .bodyToMono(Answer.class)
                .timeout(timeout)
                .map(answer -> Optional.of(answer.instanceId()))
                .doOnNext(known::set)
                .onErrorReturn(Optional.empty())
                .defaultIfEmpty(Optional.empty());
    }

    /** The part of the answer that is read here. */
    record Answer(@JsonProperty("instance_id") String instanceId) {}
}
