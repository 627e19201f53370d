package io.pbts.contract.settlement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** How often settlements came how far since the service started; one that a reorganization takes back comes there again. */
@Component
class SettlementCounts {

    /** What a settlement came to. */
    enum Outcome {
        /** Waits for a nonce again. */
        PLANNED,
        /** Signed and sent. */
        SUBMITTED,
        MINED,
        /** The chain cannot take it back. */
        FINAL,
        /** Is in the ledger although its transaction failed. */
        FOUND,
        ASKED_AGAIN,
        /** Was too much at once. */
        CUT,
        /** Refused for a reason that another try does not help against: settlement is frozen. */
        REFUSED
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    SettlementCounts(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("pbts.settlements")
                            .description("steps of settlements")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    /** It is in this state now, as it is stored. */
    void reached(String state) {
        count(Outcome.valueOf(state.toUpperCase(Locale.ROOT)));
    }
}
