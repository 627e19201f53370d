package io.pbts.receipt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pbts.support.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BadSignatureLimitTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final long CALLER = 7;
    private Instant now = NOON;
    private final BadSignatureLimit limit = new BadSignatureLimit(
            new ReceiptProperties(
                    256,
                    false,
                    false,
                    false,
                    Duration.ofDays(7),
                    Duration.ofHours(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    64,
                    100),
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            });

    @Test
    void allowsExactlyTheLimitAcrossReports() {
        limit.count(CALLER, 60);
        limit.count(CALLER, 4);
        assertThatCode(() -> limit.require(CALLER)).doesNotThrowAnyException();
        limit.count(CALLER, 1);
        assertThat(refusal().status()).isEqualTo(429);
    }

    @Test
    void saysHowLongToWaitAndForgetsAfterThat() {
        limit.count(CALLER, 65);
        now = NOON.plusSeconds(15);
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(45));
        assertThat(refusal().sentence()).contains("64").contains("45 s");
        now = NOON.plusSeconds(60);
        assertThatCode(() -> limit.require(CALLER)).doesNotThrowAnyException();
        limit.count(CALLER, 64);
        assertThatCode(() -> limit.require(CALLER)).doesNotThrowAnyException();
    }

    @Test
    void slowsOnlyWhoeverSentThem() {
        limit.count(CALLER, 1000);
        assertThatCode(() -> limit.require(CALLER + 1)).doesNotThrowAnyException();
    }

    private Refusal refusal() {
        return catchThrowableOfType(Refusal.class, () -> limit.require(CALLER));
    }
}
