package io.pbts.support.trace;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the framework's tracing its collector, and a bound to what it may tell it. */
@AutoConfiguration(before = {OpenTelemetryTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class})
class TracesAutoConfiguration {

    @Bean
    WorkSpans workSpans(ObjectProvider<Tracer> tracers) {
        return new WorkSpans(tracers.getIfAvailable(() -> Tracer.NOOP));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnTraces
    static class Collector {

        @Bean
        OtlpTracingConnectionDetails collector(TracesProperties properties) {
            return _ -> properties.url();
        }

        @Bean
        SpanExporters allowedSpans(ObjectProvider<SpanExporter> exporters, ConfigurableApplicationContext service) {
            List<LastSpans> ways = exporters
                    .orderedStream()
                    .map(exporter -> new LastSpans(new AllowedSpans(exporter)))
                    .toList();
            ways.forEach(service::addApplicationListener);
            return SpanExporters.of(List.<SpanExporter>copyOf(ways));
        }

        /** What the gateway decided of a trace holds in every service. */
        @Bean
        @ConditionalOnMissingBean
        Sampler sampler(TracesProperties properties) {
            return Sampler.parentBased(new WorkSampler(properties.share()));
        }
    }
}
