package io.pbts.support.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Which traces begin in a service behind the gateway: of a share of the work that no request waits for. Not of requests, which
 * then come from no gateway: probes, scrapes and calls that nobody's request led to.
 */
final class WorkSampler implements Sampler {
    private static final AttributeKey<String> WORK = AttributeKey.stringKey(SpanTags.WORK);

    private final Sampler share;

    WorkSampler(double share) {
        this.share = Sampler.traceIdRatioBased(share);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return attributes.get(WORK) == null
                ? SamplingResult.drop()
                : share.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "work: " + share.getDescription();
    }
}
