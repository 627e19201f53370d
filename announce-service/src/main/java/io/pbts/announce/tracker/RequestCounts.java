package io.pbts.announce.tracker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests ended how, by protocol; never by swarm, account or address. All counters exist from the start, so that
 * counting is one look into an array, allocates nothing and waits for nobody.
 */
final class RequestCounts implements MeterBinder {

    /** How a request came. */
    enum Protocol {
        HTTP,
        UDP,
        WEBSOCKET;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The counters of one protocol. */
    static final class Row {
        private final EnumMap<Outcome, LongAdder> byOutcome = new EnumMap<>(Outcome.class);

        private Row() {
            for (Outcome outcome : Outcome.values()) {
                byOutcome.put(outcome, new LongAdder());
            }
        }

        void count(Outcome outcome) {
            of(outcome).increment();
        }

        private LongAdder of(Outcome outcome) {
            return Objects.requireNonNull(byOutcome.get(outcome));
        }
    }

    private final EnumMap<Protocol, Row> byProtocol = new EnumMap<>(Protocol.class);

    RequestCounts() {
        for (Protocol protocol : Protocol.values()) {
            byProtocol.put(protocol, new Row());
        }
    }

    Row of(Protocol protocol) {
        return Objects.requireNonNull(byProtocol.get(protocol));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Protocol protocol : Protocol.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder("pbts.tracker.requests", of(protocol).of(outcome), LongAdder::sum)
                        .description("announces, scrapes and what was to be one")
                        .tag("protocol", protocol.label())
                        .tag("outcome", outcome.label())
                        .register(registry);
            }
        }
    }
}
