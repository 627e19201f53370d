package io.pbts.reputation.instance;

import io.pbts.support.FactUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fact of another service, asked for again when it is old. While its owner is away the last answer stands; one that was never
 * had is unavailable. One caller asks at a time, and the others read the last answer instead of waiting.
 */
final class LastKnown<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

    private final Supplier<T> owner;
    private final Duration freshFor;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known<T> known;

    LastKnown(Supplier<T> owner, Duration freshFor, Clock clock) {
        this.owner = owner;
        this.freshFor = freshFor;
        this.clock = clock;
    }

    private record Known<T>(T value, Instant askedAt) {}

    /** The fact. @throws FactUnavailable when it was never had and cannot be had now */
    T get() {
        Known<T> last = known;
        if (last == null) {
            return ask();
        }
        boolean fresh = clock.instant().isBefore(last.askedAt().plus(freshFor));
        if (fresh || !asking.tryLock()) {
            return last.value();
        }
        try {
            return ask();
        } catch (FactUnavailable away) {
            LOG.warn("event=last_known_fact_shown owner=\"{}\" asked_at={}", away.owner(), last.askedAt());
            known = new Known<>(last.value(), clock.instant());
            return last.value();
        } finally {
            asking.unlock();
        }
    }

    private T ask() {
        T value = owner.get();
        known = new Known<>(value, clock.instant());
        return value;
    }
}
