package io.pbts.gateway.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** The three paths that the other services' actuators have, at the same names. */
final class ManagementHandler implements HttpHandler {
    private final ApplicationAvailability availability;
    private final PrometheusMeterRegistry registry;

    ManagementHandler(ApplicationAvailability availability, PrometheusMeterRegistry registry) {
        this.availability = availability;
        this.registry = registry;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        if (!request.getMethod().equals(HttpMethod.GET)) {
            response.setStatusCode(HttpStatus.METHOD_NOT_ALLOWED);
            return response.setComplete();
        }
        return switch (request.getPath().value()) {
            case "/actuator/health/liveness" ->
                state(response, availability.getLivenessState() == LivenessState.CORRECT);
            case "/actuator/health/readiness" ->
                state(response, availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
            case "/actuator/prometheus" -> answer(response, "text/plain; version=0.0.4", registry.scrape());
            default -> {
                response.setStatusCode(HttpStatus.NOT_FOUND);
                yield response.setComplete();
            }
        };
    }

    private static Mono<Void> state(ServerHttpResponse response, boolean up) {
        response.setStatusCode(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        return answer(response, "application/json", up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }

    private static Mono<Void> answer(ServerHttpResponse response, String type, String text) {
        response.getHeaders().set("Content-Type", type);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }
}
