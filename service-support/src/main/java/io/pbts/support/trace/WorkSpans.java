package io.pbts.support.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;

/** Makes a step of a service's own work, which no request waits for, a trace with what it asks other services and the chain. */
public final class WorkSpans {
    private final Tracer tracer;

    WorkSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A step of the work of this name, until it is closed; to be closed by the thread that began it. */
    public Step begin(String work) {
        Span span = tracer.spanBuilder().setNoParent().tag(SpanTags.WORK, work).start();
        return new Step(span, tracer.withSpan(span));
    }

    /** Work that is being done. */
    public static final class Step implements AutoCloseable {
        private final Span span;
        private final Tracer.SpanInScope scope;

        private Step(Span span, Tracer.SpanInScope scope) {
            this.span = span;
            this.scope = scope;
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
