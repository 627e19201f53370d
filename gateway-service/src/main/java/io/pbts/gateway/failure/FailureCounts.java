package io.pbts.gateway.failure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;

/** Counts what the gateway refuses by itself; where nobody scrapes, nothing. */
class FailureCounts {
    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    FailureCounts(ObjectProvider<MeterRegistry> registries) {
        registries.ifAvailable(registry -> {
            for (Reason reason : Reason.values()) {
                counters.put(
                        reason,
                        Counter.builder("pbts.gateway.refusals")
                                .description("answers that no service gave")
                                .tag("reason", reason.label())
                                .register(registry));
            }
        });
    }

    void count(Failure failure) {
        if (!counters.isEmpty()) {
            Objects.requireNonNull(counters.get(Reason.of(failure))).increment();
        }
    }
}
