package io.pbts.contract.chain;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.pbts.support.trace.SpanTags;
import java.io.IOException;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/** A span for each question to the chain. It names the method; the node, which need not be ours, is told nothing of it. */
final class ChainSpans {
    private final Tracer tracer;

    ChainSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A question that is being asked. */
    @FunctionalInterface
    interface Question<A> {
        A ask() throws IOException;
    }

    <A extends Response<?>> A around(Request<?, ?> request, Question<A> question) throws IOException {
        Span span = tracer.spanBuilder()
                .kind(Span.Kind.CLIENT)
                .tag(SpanTags.RPC_METHOD, request.getMethod())
                .start();
        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            A answer = question.ask();
            span.tag(SpanTags.OUTCOME, answer.hasError() ? "REFUSED" : "SUCCESS");
            return answer;
        } catch (IOException | RuntimeException failed) {
            span.tag(SpanTags.ERROR, failed.getClass().getSimpleName());
            throw failed;
        } finally {
            span.end();
        }
    }
}
