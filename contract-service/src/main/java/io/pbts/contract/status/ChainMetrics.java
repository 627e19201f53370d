package io.pbts.contract.status;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pbts.contract.chain.Endpoint.Health;
import io.pbts.contract.chain.Endpoints;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.submission.FeeBudget;
import io.pbts.contract.submission.Reorganizations;
import org.springframework.stereotype.Component;

/** What an alarm hangs on. */
@Component
class ChainMetrics implements MeterBinder {
    private final Backlog backlog;
    private final FeeBudget budget;
    private final Reorganizations reorganizations;
    private final ChainIdentities identities;
    private final Endpoints endpoints;

    ChainMetrics(
            Backlog backlog,
            FeeBudget budget,
            Reorganizations reorganizations,
            ChainIdentities identities,
            Endpoints endpoints) {
        this.backlog = backlog;
        this.budget = budget;
        this.reorganizations = reorganizations;
        this.identities = identities;
        this.endpoints = endpoints;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("pbts.settlement.backlog", backlog, from -> from.now()
                        .bytes()
                        .doubleValue())
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("pbts.settlement.oldest.age", backlog, from -> from.age().toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "pbts.settlement.frozen",
                        identities,
                        from -> from.current().frozenReason().isPresent() ? 1 : 0)
                .register(registry);
        Gauge.builder("pbts.chain.fees.paid", budget, from -> from.spending()
                        .paid()
                        .doubleValue())
                .baseUnit("wei")
                .description("in the last 24 hours")
                .register(registry);
        Gauge.builder("pbts.chain.fees.left", budget, from -> from.spending()
                        .left()
                        .doubleValue())
                .baseUnit("wei")
                .description("of the daily budget")
                .register(registry);
        Gauge.builder("pbts.chain.nodes.good", endpoints, ChainMetrics::good).register(registry);
        FunctionCounter.builder("pbts.chain.reorganizations", reorganizations, Reorganizations::count)
                .register(registry);
    }

    private static double good(Endpoints endpoints) {
        return endpoints.all().stream()
                .filter(endpoint -> endpoint.health() == Health.GOOD)
                .count();
    }
}
