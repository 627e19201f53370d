package io.pbts.gateway.management;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Opens the management port where one is set; without one nothing is counted either. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("management.server.port")
class Management {

    @Bean
    PrometheusMeterRegistry meters() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().commonTags("application", "gateway-service");
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    Requests requests(PrometheusMeterRegistry registry) {
        return new Requests(registry);
    }

    @Bean
    ManagementListener managementListener(
            ManagementProperties properties,
            ApplicationAvailability availability,
            PrometheusMeterRegistry registry,
            ReactorResourceFactory resources) {
        var factory = new NettyReactiveWebServerFactory();
        factory.setResourceFactory(resources);
        factory.setAddress(properties.address());
        factory.setPort(Objects.requireNonNull(properties.port()));
        var handler = new ManagementHandler(availability, registry);
        return new ManagementListener(() -> factory.getWebServer(handler));
    }
}
