package io.pbts.gateway.health;

import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.forward.InstanceId;
import io.pbts.gateway.route.Owner;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks all services at once whether they are well. Who asks while an answer is fresh or on its way gets that answer. */
final class HealthCheck {
    private static final List<Owner> SERVICES =
            List.of(Owner.ANNOUNCE, Owner.RECEIPT, Owner.REPUTATION, Owner.CONTRACT);

    private final BackendQuestions questions;
    private final HealthProperties properties;
    private final Mono<HealthReport> report;

    HealthCheck(BackendQuestions questions, InstanceId instanceId, HealthProperties properties, Clock clock) {
        this.questions = questions;
        this.properties = properties;
        this.report = Mono.defer(() -> Mono.zip(states(), instanceId.get()))
                .map(both -> HealthReport.of(both.getT1(), both.getT2().orElse(null), clock.instant()))
                .cache(properties.cacheFor());
    }

    Mono<HealthReport> report() {
        return report;
    }

    private Mono<Map<String, ServiceState>> states() {
        return Flux.fromIterable(SERVICES)
                .flatMap(owner -> state(owner).map(state -> Map.entry(owner.label(), state)))
                .startWith(Map.entry(Owner.GATEWAY.label(), ServiceState.UP))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<ServiceState> state(Owner owner) {
        return questions
                .ask(owner, "/internal/v1/health")
                .exchangeToMono(answer -> answer.releaseBody()
                        .thenReturn(answer.statusCode().is2xxSuccessful() ? ServiceState.UP : ServiceState.DOWN))
                .timeout(properties.timeout())
                .onErrorReturn(ServiceState.UNREACHABLE);
    }
}
