package io.pbts.support.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** A stage that spans pass on their way to the collector; only what it does with them is its own. */
abstract class OnTheWayOut implements SpanExporter {
    /** Who is next. */
    final SpanExporter collector;

    OnTheWayOut(SpanExporter collector) {
        this.collector = collector;
    }

    @Override
    public final CompletableResultCode flush() {
        return collector.flush();
    }

    @Override
    public final CompletableResultCode shutdown() {
        return collector.shutdown();
    }
}
