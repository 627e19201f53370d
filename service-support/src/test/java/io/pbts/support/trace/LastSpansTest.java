package io.pbts.support.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

class LastSpansTest {
    private final Offers offers = new Offers();
    private final LastSpans spans = new LastSpans(offers);

    @Test
    void whileTheServiceRunsEveryBatchIsOffered() {
        offer().fail();
        offer().fail();
        offer().succeed();
        assertThat(offers.made).hasSize(3);
    }

    @Test
    void aStopOffersBatchAfterBatchToACollectorThatTakesThem() {
        offer().fail();
        stop();
        offer().succeed();
        offer().succeed();
        assertThat(offers.made).hasSize(3);
    }

    @Test
    void aStopDropsWhatIsLeftWhenABatchFailed() {
        stop();
        offer().fail();
        assertThat(spans.export(List.of()).isSuccess()).isFalse();
        assertThat(offers.made).hasSize(1);
    }

    @Test
    void aBatchThatWasOnItsWayWhenTheStopBeganCounts() {
        CompletableResultCode before = offer();
        stop();
        before.fail();
        assertThat(spans.export(List.of()).isDone()).isTrue();
        assertThat(offers.made).hasSize(1);
    }

    private CompletableResultCode offer() {
        CompletableResultCode result = spans.export(List.of());
        assertThat(result).isSameAs(offers.made.getLast());
        return result;
    }

    private void stop() {
        spans.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));
    }

    /** A collector whose answers a test gives. */
    private static final class Offers extends OnTheWayOut {
        private final List<CompletableResultCode> made = new ArrayList<>();

        private Offers() {
            super(SpanExporter.composite());
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            made.add(new CompletableResultCode());
            return made.getLast();
        }
    }
}
