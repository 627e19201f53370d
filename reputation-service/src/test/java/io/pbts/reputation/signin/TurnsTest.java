package io.pbts.reputation.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pbts.support.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1, Duration.ofMillis(1));

    @Test
    void whoWaitsTooLongIsSentAwayWith503AndATimeToComeBack() {
        turns.take(() -> assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> turns.take(() -> {}))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
                }));
    }

    @Test
    void aTurnEndsAlsoWhenTheWorkFails() {
        assertThatIllegalStateException()
                .isThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("failed");
                }));

        boolean[] ran = {false};
        turns.take(() -> ran[0] = true);
        assertThat(ran[0]).isTrue();
    }
}
