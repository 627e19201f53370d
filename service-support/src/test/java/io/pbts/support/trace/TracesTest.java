package io.pbts.support.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.pbts.protocol.testing.otlp.ExportedSpan;
import io.pbts.protocol.testing.otlp.SpanCollector;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TracesTest {
    private static final String CANARY = "c4na7yc4na7yc4na7yc4na7yc4na7yc4na7y";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String GATEWAY_SPAN = "b7ad6b7169203331";
    private static final String KEPT = "00-%s-%s-01".formatted(TRACE, GATEWAY_SPAN);
    private static final String NOT_KEPT = "00-%s-%s-00".formatted(TRACE, GATEWAY_SPAN);

    private SpanCollector collector;

    @BeforeEach
    void collect() throws IOException {
        collector = new SpanCollector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void withoutACollectorThereIsNothingThatCouldExport() throws Exception {
        Set<Thread> before = exporting();
        try (var service = TracedService.start("pbts.traces.url=")) {
            assertThat(service.get("/api/v1/asks/" + CANARY, "traceparent", KEPT)
                            .body())
                    .isEqualTo("true");
            assertThat(service.toldToTheOther()).containsExactly("null");
            assertThat(service.get("/api/v1/refuses/it", "traceparent", KEPT).body())
                    .doesNotContain("trace_id");
            assertThat(service.has(Tracer.class)).isFalse();
            assertThat(service.has(OpenTelemetry.class)).isFalse();
            assertThat(before).containsAll(exporting());
        }
    }

    @Test
    void aKeptTraceGoesOnToTheServiceThatIsAskedAndToTheCollector() throws Exception {
        try (var service = traced()) {
            assertThat(exporting()).isNotEmpty();
            service.get("/api/v1/asks/" + CANARY, "traceparent", KEPT, "baggage", "who=" + CANARY);
            ExportedSpan asked = onlySpan(service, "GET /internal/v1/facts/{name}");
            ExportedSpan answered = onlySpan(service, "GET /api/v1/asks/{name}");
            assertThat(answered.parentId()).isEqualTo(GATEWAY_SPAN);
            assertThat(asked.parentId()).isEqualTo(answered.spanId());
            assertThat(List.of(asked, answered))
                    .allMatch(span -> span.traceId().equals(TRACE))
                    .allMatch(span -> span.service().equals("receipt-service"));
            assertThat(service.toldToTheOther()).containsExactly("00-%s-%s-01".formatted(TRACE, asked.spanId()));
        }
        assertThat(collector.spans()).hasSize(2);
        assertThat(collector.targets()).containsExactly("/v1/traces");
        assertThat(collector.everything()).doesNotContain(CANARY);
    }

    @Test
    void aTraceThatTheGatewayDoesNotKeepHasItsIdAndNoSpans() throws Exception {
        try (var service = traced()) {
            service.get("/api/v1/asks/it", "traceparent", NOT_KEPT);
            assertThat(service.toldToTheOther())
                    .singleElement()
                    .asString()
                    .contains(TRACE)
                    .endsWith("-00");
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void noTraceBeginsBehindTheGateway() throws Exception {
        try (var service = traced()) {
            assertThat(service.get("/api/v1/asks/it").body()).isEqualTo("true");
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void aProblemAndTheLogNameTheTrace(CapturedOutput output) throws Exception {
        try (var service = traced()) {
            assertThat(service.get("/api/v1/refuses/it", "traceparent", NOT_KEPT)
                            .body())
                    .contains("\"trace_id\":\"" + TRACE + "\"");
            service.get("/api/v1/fails/it", "traceparent", NOT_KEPT);
        }
        assertThat(output.getOut()).containsPattern(" trace=" + TRACE + " span=[0-9a-f]{16} event=unexpected");
    }

    @Test
    void requestsAreAnsweredWhileTheCollectorIsAway() throws Exception {
        collector.close();
        try (var service = traced()) {
            assertThat(service.get("/api/v1/asks/it", "traceparent", KEPT).body())
                    .isEqualTo("true");
            service.flush();
            assertThat(service.get("/api/v1/asks/it", "traceparent", KEPT).body())
                    .isEqualTo("true");
        }
    }

    /** Each batch would be waited for by itself otherwise, and a full queue of 2048 spans has four. */
    @Test
    void aStopOffersWhatWaitsUntilTheCollectorFailsOnce() throws Exception {
        try (var silent = new SilentCollector()) {
            TracedService service = TracedService.start(
                    "pbts.traces.url=" + silent.url(), "management.opentelemetry.tracing.export.max-batch-size=2");
            for (int i = 0; i < 20; i++) {
                service.get("/api/v1/asks/it", "traceparent", KEPT);
            }
            int before = silent.offers();
            service.close();
            assertThat(silent.offers()).isPositive();
            assertThat(silent.offers() - before).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aShareThatIsNoneEndsTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> TracedService.start("pbts.traces.share=1.5"));
        assertThat(output.getOut()).contains("pbts.traces.share (PBTS_TRACES_SHARE) is 0 to 1: 1.5");
    }

    private TracedService traced() throws IOException {
        return TracedService.start("pbts.traces.url=" + collector.url());
    }

    private ExportedSpan onlySpan(TracedService service, String name) {
        service.flush();
        List<ExportedSpan> found = collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .toList();
        assertThat(found).as("%s among %s", name, collector.spans()).hasSize(1);
        return found.getFirst();
    }

    /** Those of a service that has just ended may linger. */
    private static Set<Thread> exporting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("BatchSpanProcessor")
                        || thread.getName().contains("BatchLogRecordProcessor"))
                .collect(Collectors.toSet());
    }
}
