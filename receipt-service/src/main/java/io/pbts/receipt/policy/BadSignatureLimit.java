package io.pbts.receipt.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.support.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * How many bad signatures an account may send in a minute before its reports are refused. Counts across reports: a pairing
 * costs a millisecond, so whoever sends garbage must pay for it in waiting. Remembers a bounded number of callers.
 */
@Component
public class BadSignatureLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cache<Long, Minute> minutes;
    private final int limit;
    private final Clock clock;

    public BadSignatureLimit(ReceiptProperties properties, Clock clock) {
        this.minutes = Caffeine.newBuilder()
                .maximumSize(properties.watchedCallers())
                .expireAfterWrite(WINDOW.multipliedBy(2))
                .build();
        this.limit = properties.badSignatureLimit();
        this.clock = clock;
    }

    /** Refuses with 429 a caller whose minute is used up. */
    public void require(long caller) {
        Instant now = clock.instant();
        Minute minute = minutes.getIfPresent(caller);
        if (minute != null && minute.covers(now) && minute.bad > limit) {
            Duration wait = Duration.between(now, minute.start.plus(WINDOW));
            throw new Refusal(
                    429,
                    "too-many-bad-signatures",
                    "More than %d bad signatures in a minute; nothing was counted, try again in %d s"
                            .formatted(limit, wait.plusMillis(999).toSeconds()),
                    wait,
                    null);
        }
    }

    public void count(long caller, int bad) {
        if (bad > 0) {
            Instant now = clock.instant();
            minutes.asMap().merge(caller, new Minute(now, bad), Minute::plus);
        }
    }

    private record Minute(Instant start, int bad) {
        boolean covers(Instant now) {
            return now.isBefore(start.plus(WINDOW));
        }

        Minute plus(Minute later) {
            return covers(later.start) ? new Minute(start, bad + later.bad) : later;
        }
    }
}
