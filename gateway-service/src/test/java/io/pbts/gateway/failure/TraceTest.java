package io.pbts.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {
    private static final String PASSKEY = "5szxnkue2vdend2porqmr5gqkebpa23n";

    @Test
    void tellsClassesAndFramesAndNothingThatAnExceptionSays() {
        var cause = new IllegalArgumentException("not a target: /%s/announce".formatted(PASSKEY));
        var thrown = new IllegalStateException("GET /%s/announce".formatted(PASSKEY), cause);
        thrown.addSuppressed(new IllegalStateException("*__checkpoint HTTP GET /%s/announce".formatted(PASSKEY)));
        assertThat(Trace.of(thrown))
                .startsWith("java.lang.IllegalStateException\n\tat io.pbts.gateway.failure.TraceTest.")
                .contains("\ncaused by java.lang.IllegalArgumentException\n\tat ")
                .doesNotContain(PASSKEY);
    }
}
