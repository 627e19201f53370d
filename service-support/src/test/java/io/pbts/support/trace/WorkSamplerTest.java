package io.pbts.support.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;

class WorkSamplerTest {
    @Test
    void aStepOfWorkBeginsATrace() {
        assertThat(isKept(1, span -> span.setAttribute(SpanTags.WORK, "settlement")))
                .isTrue();
    }

    @Test
    void nothingElseDoes() {
        assertThat(isKept(1, span -> span.setAttribute(SpanTags.ROUTE, "/actuator/prometheus")))
                .isFalse();
    }

    @Test
    void theShareHoldsForWorkToo() {
        assertThat(isKept(0, span -> span.setAttribute(SpanTags.WORK, "settlement")))
                .isFalse();
    }

    private static boolean isKept(double share, java.util.function.UnaryOperator<SpanBuilder> with) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(new WorkSampler(share)))
                .build()) {
            SpanBuilder span = with.apply(provider.get("test").spanBuilder("any"));
            return span.startSpan().getSpanContext().isSampled();
        }
    }
}
