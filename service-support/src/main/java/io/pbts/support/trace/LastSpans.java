package io.pbts.support.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Spans of a service that stops go to the collector until it fails once; the others are dropped. Each batch that waits would
 * be given the whole timeout otherwise, and a full queue has four.
 */
final class LastSpans extends OnTheWayOut implements ApplicationListener<ContextClosedEvent> {
    private volatile boolean stopping;
    private volatile boolean failed;

    LastSpans(SpanExporter collector) {
        super(collector);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent stop) {
        stopping = true;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        if (failed) {
            return CompletableResultCode.ofFailure();
        }
        CompletableResultCode result = collector.export(spans);
        result.whenComplete(() -> {
            // One that was on its way when the stop began has had its chance as well.
            if (stopping && !result.isSuccess()) {
                failed = true;
            }
        });
        return result;
    }
}
