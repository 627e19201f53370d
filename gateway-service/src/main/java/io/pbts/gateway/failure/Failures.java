package io.pbts.gateway.failure;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Hooks;
import tools.jackson.databind.json.JsonMapper;

/** Replaces the framework's error page. */
@Configuration(proxyBeanMethods = false)
class Failures {

    Failures() {
        Hooks.onErrorDropped(LateFailures::dropped);
    }

    @Bean
    FailureTranslation failureTranslation(JsonMapper json, Clock clock, ObjectProvider<MeterRegistry> registries) {
        return new FailureTranslation(json, clock, new FailureCounts(registries));
    }
}
