package io.pbts.support.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.pbts.protocol.testing.otlp.ExportedSpan;
import io.pbts.protocol.testing.otlp.SpanCollector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllowedSpansTest {
    private static final String CANARY = "c4na7yc4na7yc4na7yc4na7yc4na7yc4";

    private SpanCollector collector;
    private SdkTracerProvider provider;
    private Tracer tracer;

    @BeforeEach
    void collect() throws IOException {
        collector = new SpanCollector();
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(collector.url()).build();
        provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new AllowedSpans(exporter)))
                .build();
        tracer = provider.get("test");
    }

    @AfterEach
    void stop() {
        provider.close();
        collector.close();
    }

    @Test
    void aSpanKeepsMethodRouteStatusOutcomeErrorAndIsNamedByThem() {
        ExportedSpan span = exported("whatever", asked -> asked.setAttribute("method", "POST")
                .setAttribute("uri", "/api/v1/accounts/{user_id}")
                .setAttribute("status", "401")
                .setAttribute("outcome", "CLIENT_ERROR")
                .setAttribute("exception", "Refusal"));
        assertThat(span.name()).isEqualTo("POST /api/v1/accounts/{user_id}");
        assertThat(span.attributes())
                .isEqualTo(Map.of(
                        "method", "POST",
                        "uri", "/api/v1/accounts/{user_id}",
                        "status", "401",
                        "outcome", "CLIENT_ERROR",
                        "exception", "Refusal"));
    }

    @Test
    void aCallToTheChainIsNamedByItsMethod() {
        assertThat(exported("x", asked -> asked.setAttribute("rpc.method", "eth_call"))
                        .name())
                .isEqualTo("eth_call");
    }

    @Test
    void nothingElseLeavesTheService() {
        ExportedSpan span = exported("GET /" + CANARY, asked -> {
            asked.setAttribute("http.url", "http://tracker/" + CANARY + "/announce");
            asked.setAttribute("client.name", CANARY);
            asked.setAttribute("authorization", "Bearer " + CANARY);
            asked.setAttribute("attempts", 2);
            asked.addEvent(CANARY, Attributes.builder().put("what", CANARY).build());
            asked.recordException(new IllegalStateException("no such passkey: " + CANARY));
            asked.setStatus(StatusCode.ERROR, "failed for " + CANARY);
            asked.addLink(
                    Span.current().getSpanContext(),
                    Attributes.builder().put("to", CANARY).build());
        });
        assertThat(span.name()).isEqualTo("other");
        assertThat(span.attributes()).isEmpty();
        assertThat(span.events()).isZero();
        assertThat(collector.everything()).doesNotContain(CANARY).doesNotContain("IllegalStateException", "at io.pbts");
    }

    @Test
    void aValueOfAnotherFormIsNotToldEvenUnderAnAllowedName() {
        ExportedSpan span = exported("x", asked -> asked.setAttribute("method", CANARY)
                .setAttribute("uri", "/a?passkey=" + CANARY)
                .setAttribute("status", CANARY)
                .setAttribute("outcome", "failed for " + CANARY)
                .setAttribute("exception", "java.lang.Error: " + CANARY)
                .setAttribute("rpc.method", CANARY));
        assertThat(span.attributes())
                .isEqualTo(Map.of(
                        "method", "other",
                        "uri", "/a",
                        "status", "other",
                        "outcome", "other",
                        "exception", "other",
                        "rpc.method", "other"));
        assertThat(collector.everything()).doesNotContain(CANARY);
    }

    @Test
    void aPathInThePlaceOfItsTemplateIsNotTold() {
        ExportedSpan span = exported("x", asked -> asked.setAttribute("method", "GET")
                .setAttribute("uri", "/user/" + CANARY)
                .setAttribute("outcome", CANARY)
                .setAttribute("exception", CANARY));
        assertThat(span.name()).isEqualTo("GET other");
        assertThat(collector.everything()).doesNotContain(CANARY);
    }

    private ExportedSpan exported(String name, Consumer<Span> filling) {
        Span span = tracer.spanBuilder(name).startSpan();
        filling.accept(span);
        span.end();
        assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        List<ExportedSpan> spans = collector.spans();
        assertThat(spans).hasSize(1);
        return spans.getFirst();
    }
}
