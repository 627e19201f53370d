package io.pbts.contract.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.pbts.support.FactUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainSpansTest {
    private final Spans spans = new Spans();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private HttpServer node;
    private ChainNode chain;

    @BeforeEach
    void serve() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        node.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        node.start();
        var tracer = new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), _ -> {});
        var endpoints = new Endpoints(
                List.of("http://127.0.0.1:%d/key-to-the-node"
                        .formatted(node.getAddress().getPort())),
                new OkHttpClient(),
                new ChainSpans(tracer));
        chain = endpoints.all().getFirst().node();
    }

    @AfterEach
    void stop() {
        node.stop(0);
        provider.close();
    }

    @Test
    void aQuestionIsASpanOfTheTraceThatAsksAndTheNodeIsToldNothingOfIt() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x7a69\"}";
        Span asking = provider.get("test").spanBuilder("asks").startSpan();
        try (Scope _ = asking.makeCurrent()) {
            assertThat(chain.chainId()).isEqualTo(31337);
        }
        assertThat(spans.ended).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(asking.getSpanContext().getSpanId());
            assertThat(attributes(span)).isEqualTo(Map.of("rpc.method", "eth_chainId", "outcome", "SUCCESS"));
        });
        assertThat(headers).isNotEmpty().noneMatch(name -> name.equalsIgnoreCase("traceparent"));
    }

    @Test
    void aNodesRefusalIsNamedAndNotQuoted() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32000,\"message\":\"nonce too low\"}}";
        assertThatExceptionOfType(NodeRefusal.class).isThrownBy(chain::chainId);
        assertThat(spans.ended)
                .singleElement()
                .extracting(ChainSpansTest::attributes)
                .isEqualTo(Map.of("rpc.method", "eth_chainId", "outcome", "REFUSED"));
    }

    @Test
    void aNodeThatIsAwayIsAnErrorByItsClass() {
        node.stop(0);
        assertThatExceptionOfType(FactUnavailable.class).isThrownBy(chain::chainId);
        assertThat(spans.ended)
                .singleElement()
                .extracting(ChainSpansTest::attributes)
                .isEqualTo(Map.of("rpc.method", "eth_chainId", "exception", "ConnectException"));
    }

    private static Map<String, String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), entry -> entry.getValue()
                        .toString()));
    }

    private static final class Spans implements SpanExporter {
        private final List<SpanData> ended = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            ended.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
