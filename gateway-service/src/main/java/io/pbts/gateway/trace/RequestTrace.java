package io.pbts.gateway.trace;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.propagation.Propagator;
import io.pbts.support.trace.TraceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The trace to which a request belongs.
 *
 * @param id as in logs and problems
 * @param spanId of the gateway's own span, as in logs
 * @param headers what tells it to a service ({@code traceparent})
 */
public record RequestTrace(String id, String spanId, Map<String, String> headers) {
    private static final String KEY = RequestTrace.class.getName();

    static RequestTrace of(TraceContext context, Propagator propagator) {
        Map<String, String> headers = new LinkedHashMap<>();
        propagator.inject(context, headers, (_, name, value) -> headers.put(name, value));
        return new RequestTrace(context.traceId(), context.spanId(), Map.copyOf(headers));
    }

    /** Empty where there are no traces, and for what has none: announces, and what was refused before it could cost something. */
    public static Optional<RequestTrace> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(KEY));
    }

    /** Does something whose log lines name the trace of this exchange. */
    public static <T> T logged(ServerWebExchange exchange, Supplier<T> action) {
        return of(exchange).map(trace -> trace.logged(action)).orElseGet(action);
    }

    private <T> T logged(Supplier<T> action) {
        try (MDC.MDCCloseable _ = MDC.putCloseable(TraceId.LOG_KEY, id);
                MDC.MDCCloseable _ = MDC.putCloseable(TraceId.SPAN_LOG_KEY, spanId)) {
            return action.get();
        }
    }

    /** Tells a service to which trace a question belongs, if to any. */
    public static void tell(ContextView asker, HttpHeaders headers) {
        asker.<RequestTrace>getOrEmpty(KEY).ifPresent(trace -> trace.tell(headers));
    }

    void tell(HttpHeaders request) {
        headers.forEach(request::set);
    }

    void remember(ServerWebExchange exchange) {
        exchange.getAttributes().put(KEY, this);
    }

    Context remember(Context context) {
        return context.put(KEY, this);
    }
}
