package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import io.pbts.protocol.testing.otlp.ExportedSpan;
import io.pbts.protocol.testing.otlp.SpanCollector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final String CANARY = "c4na7yc4na7yc4na7yc4na7yc4na7yc4na7yc4na";
    private static final String FORGED = "0af7651916cd43dd8448eb211c80319c";
    private static final String[] A_MEMBERS_OWN = {
        "traceparent: 00-" + FORGED + "-b7ad6b7169203331-01", "tracestate: own=" + CANARY, "baggage: who=" + CANARY
    };

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
    void aForwardedRequestBeginsATraceThatItsServiceIsToldOf() throws IOException {
        HttpMessage seen;
        try (Stack stack = traced("1")) {
            seen = stack.caller().get("/user/" + CANARY + "?x=" + CANARY, A_MEMBERS_OWN);
        }
        assertThat(collector.spans()).hasSize(1);
        ExportedSpan span = collector.spans().getFirst();
        assertThat(span.service()).isEqualTo("gateway-service");
        assertThat(span.name()).isEqualTo("GET /user/**");
        assertThat(span.parentId()).isEmpty();
        assertThat(span.attributes())
                .isEqualTo(Map.of("method", "GET", "uri", "/user/**", "status", "200", "outcome", "SUCCESS"));
        assertThat(seen.body())
                .contains("\ntraceparent: " + kept(span) + "\n")
                .doesNotContain(FORGED)
                .doesNotContain("tracestate", "baggage");
        assertThat(collector.everything()).doesNotContain(CANARY).doesNotContain(FORGED);
    }

    @Test
    void aMemberDoesNotDecideThatItsTraceIsKept() throws IOException {
        try (Stack stack = traced("0")) {
            assertThat(stack.caller().get("/stats", A_MEMBERS_OWN).body())
                    .containsPattern("\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-02\n")
                    .doesNotContain(FORGED);
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void withoutACollectorAMembersTraceEndsHereToo() throws IOException {
        try (Stack stack = Stack.production()) {
            assertThat(stack.caller().get("/stats", A_MEMBERS_OWN).body())
                    .doesNotContain("traceparent", "tracestate", "baggage");
        }
    }

    @Test
    void anAnnounceHasNoSpanAndArrivesAsItWasSent() throws IOException {
        try (Stack stack = traced("1")) {
            String target = "/" + CANARY + "/announce?info_hash=%00%ff~'&peer_id=x";
            assertThat(stack.caller().get(target, A_MEMBERS_OWN).body())
                    .startsWith("GET " + target + " HTTP/1.1\n")
                    .doesNotContain("traceparent", "tracestate", "baggage");
        }
        assertThat(collector.spans()).isEmpty();
        assertThat(collector.everything()).doesNotContain(CANARY);
    }

    @Test
    void aQuestionOfTheGatewaysOwnBelongsToTheRequestsTrace() throws IOException {
        var asked = new CopyOnWriteArrayList<String>();
        try (Stack stack = traced("1")) {
            stack.reputation.behave((request, socket) -> {
                asked.add(request.header("traceparent"));
                FakeService.write(socket, 404, "application/json", "{}");
            });
            stack.caller().get("/api/v1/receipts", "Authorization: Bearer pbts_" + CANARY + "key");
        }
        assertThat(collector.spans()).hasSize(1);
        ExportedSpan span = collector.spans().getFirst();
        assertThat(asked).containsExactly(kept(span));
        assertThat(span.attributes()).containsEntry("status", "401").containsEntry("exception", "Refusal");
        assertThat(collector.everything()).doesNotContain(CANARY);
    }

    @Test
    void aProblemNamesItsTrace() throws IOException {
        HttpMessage refused;
        try (Stack stack = traced("1")) {
            stack.receipt.behave(FakeService::reset);
            refused = stack.caller().get("/api/v1/policy/bound", A_MEMBERS_OWN);
        }
        List<ExportedSpan> spans = collector.spans();
        assertThat(spans).hasSize(1);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"trace_id\":\"" + spans.getFirst().traceId() + "\"");
    }

    /** Flag 1: kept; flag 2: its id is random (Trace Context level 2). */
    private static String kept(ExportedSpan span) {
        return "00-%s-%s-03".formatted(span.traceId(), span.spanId());
    }

    /** Its end sends what waits. */
    private Stack traced(String share) throws IOException {
        return Stack.production("pbts.traces.url=" + collector.url(), "pbts.traces.share=" + share);
    }
}
