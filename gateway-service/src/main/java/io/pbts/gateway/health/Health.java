package io.pbts.gateway.health;

import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.forward.InstanceId;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /health}: 200 when all services are well, else 503, with the same body. */
@Configuration(proxyBeanMethods = false)
class Health {

    @Bean
    HealthCheck healthCheck(
            BackendQuestions questions, InstanceId instanceId, HealthProperties properties, Clock clock) {
        return new HealthCheck(questions, instanceId, properties, clock);
    }

    @Bean
    RouterFunction<ServerResponse> healthRoutes(HealthCheck check) {
        return RouterFunctions.route()
                .GET("/health", request -> check.report().flatMap(report -> ServerResponse.status(
                                report.isHealthy() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(report)))
                .build();
    }
}
