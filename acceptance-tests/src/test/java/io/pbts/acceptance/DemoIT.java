package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code ./pbts demo} when something it claims is not so. That it is so, {@code ./pbts test} shows by playing it. */
@Tag("long")
class DemoIT {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @Test
    void aClaimThatDoesNotHoldEndsThePlayWithTheNameOfItsAct() {
        var outcome = Shell.run(
                Stack.HOME,
                PATIENCE,
                Map.of("INITIAL_CREDIT_POLICY", "never"),
                List.of(Stack.HOME.resolve("pbts").toString(), "demo"));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("act 1 (Setup and registration) failed: ");
        assertThat(outcome.output()).doesNotContain("Act 2");
    }
}
