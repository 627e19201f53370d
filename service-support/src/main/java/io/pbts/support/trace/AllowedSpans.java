package io.pbts.support.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** The way of every span out of a service: what {@link AllowedSpan} leaves of it. */
final class AllowedSpans extends OnTheWayOut {
    AllowedSpans(SpanExporter collector) {
        super(collector);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return collector.export(spans.stream().<SpanData>map(AllowedSpan::new).toList());
    }
}
