package io.pbts.gateway.trace;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.pbts.support.trace.ConditionalOnTraces;
import io.pbts.support.trace.TracesProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where traces begin; without a collector there is none of it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTraces
class Traces {

    @Bean
    Sampler sampler(TracesProperties properties) {
        return Sampler.parentBased(Sampler.traceIdRatioBased(properties.share()));
    }

    @Bean
    RequestSpans requestSpans(Tracer tracer, Propagator propagator) {
        return new RequestSpans(tracer, propagator);
    }
}
