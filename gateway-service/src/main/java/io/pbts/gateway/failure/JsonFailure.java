package io.pbts.gateway.failure;

import io.pbts.gateway.trace.RequestTrace;
import io.pbts.support.trace.TraceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal in the words of its route: under {@code /api} an RFC 9457 problem with a stable {@code code}, elsewhere the
 * originals' {@code {"success":false,"error":...}}.
 */
final class JsonFailure {
    private final JsonMapper json;

    JsonFailure(JsonMapper json) {
        this.json = json;
    }

    Mono<Void> write(ServerWebExchange exchange, Failure failure) {
        String path = exchange.getRequest().getURI().getRawPath();
        ServerHttpResponse response = exchange.getResponse();
        boolean problem = path.startsWith("/api/") || path.startsWith("/admin/");
        byte[] body = json.writeValueAsBytes(problem ? problem(failure, RequestTrace.of(exchange)) : legacy(failure));
        response.setRawStatusCode(failure.status());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Map<String, Object> problem(Failure failure, Optional<RequestTrace> trace) {
        HttpStatus named = HttpStatus.resolve(failure.status());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:pbts:problem:" + failure.code());
        body.put("title", named == null ? "Refused" : named.getReasonPhrase());
        body.put("status", failure.status());
        body.put("detail", failure.sentence());
        body.put("code", failure.code());
        trace.ifPresent(known -> body.put(TraceId.MEMBER, known.id()));
        return body;
    }

    private static Map<String, Object> legacy(Failure failure) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("error", failure.sentence());
        return body;
    }
}
