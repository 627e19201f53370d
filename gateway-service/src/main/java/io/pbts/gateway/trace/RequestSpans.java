package io.pbts.gateway.trace;

import io.micrometer.core.instrument.binder.http.Outcome;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.support.trace.SpanTags;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A span for each request that passed door and limits, until the head of its answer. Not for announces and scrapes: they are
 * forwarded byte for byte, and the tracker's port knows no traces.
 */
final class RequestSpans implements WebFilter, Ordered {
    private final Tracer tracer;
    private final Propagator propagator;

    RequestSpans(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** Behind the limits, so that a flood makes no spans; before anything is asked on a request's account. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 150;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PublicRoute route = PublicRoute.of(exchange).orElseThrow();
        return route.owner() == Owner.TRACKER ? chain.filter(exchange) : traced(route, exchange, chain);
    }

    private Mono<Void> traced(PublicRoute route, ServerWebExchange exchange, WebFilterChain chain) {
        Span span = tracer.spanBuilder()
                .setNoParent()
                .kind(Span.Kind.SERVER)
                .tag(SpanTags.METHOD, exchange.getRequest().getMethod().name())
                .tag(SpanTags.ROUTE, route.path().text())
                .start();
        RequestTrace trace = RequestTrace.of(span.context(), propagator);
        trace.remember(exchange);
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> answered(span, exchange)));
        var request = exchange.getRequest().mutate().headers(trace::tell).build();
        return chain.filter(exchange.mutate().request(request).build())
                .doOnError(failed -> span.tag(SpanTags.ERROR, failed.getClass().getSimpleName()))
                .doOnCancel(() -> span.tag(SpanTags.OUTCOME, "CANCELLED").end())
                .contextWrite(trace::remember);
    }

    /** No status is the default one, 200. */
    private static void answered(Span span, ServerWebExchange exchange) {
        int status = Optional.ofNullable(exchange.getResponse().getStatusCode())
                .map(HttpStatusCode::value)
                .orElse(200);
        span.tag(SpanTags.STATUS, status)
                .tag(SpanTags.OUTCOME, Outcome.forStatus(status).name())
                .end();
    }
}
