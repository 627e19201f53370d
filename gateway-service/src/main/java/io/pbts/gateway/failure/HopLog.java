package io.pbts.gateway.failure;

import io.pbts.gateway.forward.HopFailure;
import io.pbts.gateway.route.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that an owner is away: at once, and then at most once a second, however many announces fail meanwhile. */
final class HopLog {
    private static final Logger LOG = LoggerFactory.getLogger(HopLog.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<Owner, Failures> failures = new EnumMap<>(Owner.class);

    HopLog(Clock clock) {
        this.clock = clock;
        for (Owner owner : Owner.values()) {
            failures.put(owner, new Failures(new AtomicReference<>(Instant.EPOCH), new AtomicInteger()));
        }
    }

    void failed(Owner owner, Throwable cause) {
        Optional.ofNullable(failures.get(owner))
                .flatMap(counted -> counted.due(clock.instant()))
                .ifPresent(count -> LOG.warn(
                        "event=hop_failed owner={} count={} cause=\"{}\"",
                        owner.label(),
                        count,
                        HopFailure.nameOf(cause)));
    }

    private record Failures(AtomicReference<Instant> said, AtomicInteger unsaid) {
        /** How many failures to report now; empty while the last report is fresh. */
        Optional<Integer> due(Instant now) {
            unsaid.incrementAndGet();
            Instant last = said.get();
            boolean fresh = now.isBefore(last.plus(PAUSE));
            return fresh || !said.compareAndSet(last, now) ? Optional.empty() : Optional.of(unsaid.getAndSet(0));
        }
    }
}
