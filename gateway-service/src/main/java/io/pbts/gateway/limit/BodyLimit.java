package io.pbts.gateway.limit;

import io.netty.handler.timeout.TimeoutException;
import io.pbts.gateway.access.CallerAddress;
import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the bytes of a body as they pass, whatever Content-Length says, and stops at the limit, or when they come so slowly
 * that holding the connection is the point of sending them. Keeps none of them.
 */
final class BodyLimit implements WebFilter, Ordered {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final long limit;
    private final long graceNanos;
    private final long leastPerSecond;
    private final UnfinishedBodies unfinished;
    private final LongSupplier nanos;

    BodyLimit(LimitProperties limits, LongSupplier nanos) {
        this.limit = limits.maxBody().toBytes();
        this.graceNanos = limits.bodyGrace().toNanos();
        this.leastPerSecond = limits.minBodyRate().toBytes();
        this.unfinished = new UnfinishedBodies(limits.maxUnfinishedBodies());
        this.nanos = nanos;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 200;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > limit) {
            return Mono.error(tooLarge(exchange));
        }
        boolean bodiless = headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        return bodiless ? chain.filter(exchange) : filterBody(exchange, chain);
    }

    private Mono<Void> filterBody(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> unfinished
                .begin(CallerAddress.of(exchange).network())
                .map(end -> chain.filter(exchange.mutate()
                                .request(watched(exchange, end))
                                .build())
                        .doFinally(signal -> end.run()))
                .orElseGet(() -> Mono.error(tooMany(exchange))));
    }

    private ServerHttpRequest watched(ServerWebExchange exchange, Runnable end) {
        return new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return count(super.getBody(), exchange)
                        .onErrorMap(failed -> blame(exchange, failed))
                        .doFinally(signal -> end.run());
            }
        };
    }

    private Flux<DataBuffer> count(Flux<DataBuffer> body, ServerWebExchange exchange) {
        var passed = new AtomicLong();
        long begin = nanos.getAsLong();
        return body.handle((part, sink) -> {
            long all = passed.addAndGet(part.readableByteCount());
            if (all <= limit && !isTrickle(all, nanos.getAsLong() - begin)) {
                sink.next(part);
                return;
            }
            DataBufferUtils.release(part);
            sink.error(all > limit ? tooLarge(exchange) : tooSlow(exchange));
        });
    }

    private boolean isTrickle(long bytes, long elapsedNanos) {
        return elapsedNanos > graceNanos && bytes < leastPerSecond * (elapsedNanos / 1_000_000_000L);
    }

    private static Refusal tooMany(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        String sentence = "Too many bodies of this address are still coming; finish some first";
        return new Refusal(429, "too-many-unfinished-bodies", sentence, AGAIN, null);
    }

    private static Refusal tooSlow(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return new Refusal(408, "body-timeout", "The body came too slowly");
    }

    /** A body that fails is its sender's doing; seen from the other end it would look as if the service were away. */
    private static Throwable blame(ServerWebExchange exchange, Throwable failed) {
        if (failed instanceof Refusal) {
            return failed;
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return failed instanceof TimeoutException
                ? new Refusal(408, "body-timeout", "The body did not arrive in time", failed)
                : new Refusal(400, "body-broken", "The body ended early", failed);
    }

    /** The rest of the body would be read as the next request: the connection ends with the answer. */
    private Refusal tooLarge(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return new Refusal(413, "body-too-large", "The body is larger than " + limit + " bytes");
    }
}
