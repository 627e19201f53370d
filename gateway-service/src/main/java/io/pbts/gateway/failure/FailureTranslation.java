package io.pbts.gateway.failure;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.timeout.TimeoutException;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.trace.RequestTrace;
import io.pbts.support.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Where every failure of the gateway becomes an answer. What is committed already can only be cut short. */
final class FailureTranslation implements ErrorWebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslation.class);
    private static final String RETRY_SECONDS = "2";

    private final JsonFailure answers;
    private final HopLog hops;
    private final LateFailures late;
    private final FailureCounts counts;

    FailureTranslation(JsonMapper json, Clock clock, FailureCounts counts) {
        this.counts = counts;
        this.answers = new JsonFailure(json);
        this.hops = new HopLog(clock);
        this.late = new LateFailures(hops);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        Optional<Owner> owner =
                PublicRoute.of(exchange).map(PublicRoute::owner).filter(backend -> backend != Owner.GATEWAY);
        Mono<Void> answer = exchange.getResponse().isCommitted() ? Mono.error(thrown) : answer(exchange, thrown, owner);
        return answer.onErrorResume(failed -> late.cut(exchange, failed, owner));
    }

    private Mono<Void> answer(ServerWebExchange exchange, Throwable thrown, Optional<Owner> owner) {
        boolean closing = "close".equals(exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONNECTION));
        exchange.getResponse().getHeaders().clear();
        Failure failure = RequestTrace.logged(exchange, () -> failure(thrown, owner));
        counts.count(failure);
        boolean later = failure.status() >= 500 || failure.status() == 429;
        if (owner.filter(backend -> backend == Owner.TRACKER).isPresent() && later) {
            return trackerFailure(exchange, thrown);
        }
        exchange.getResponse().getHeaders().putAll(failure.headers());
        if (closing) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return answers.write(exchange, failure);
    }

    private static Mono<Void> trackerFailure(ServerWebExchange exchange, Throwable thrown) {
        return thrown instanceof Refusal refusal && refusal.retryAfter().isPresent()
                ? TrackerFailure.write(
                        exchange.getResponse(),
                        refusal.sentence(),
                        refusal.retryAfter().get())
                : TrackerFailure.write(exchange.getResponse());
    }

    private Failure failure(Throwable thrown, Optional<Owner> owner) {
        if (thrown instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (thrown instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return refused(known);
        }
        if (owner.isPresent() && isHop(thrown)) {
            hops.failed(owner.get(), thrown);
            return away(owner.get());
        }
        LOG.error("event=unexpected owner={} {}", owner.map(Owner::label).orElse("gateway"), Trace.of(thrown));
        return new Failure(500, "internal", "Internal error");
    }

    private static Failure refused(Refusal refusal) {
        var headers = new HttpHeaders();
        if (refusal.status() == 401 && !refusal.code().equals("credentials-missing")) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        refusal.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds())));
        return new Failure(refusal.status(), refusal.code(), refusal.sentence(), headers);
    }

    private static Failure refused(ErrorResponse known) {
        int status = known.getStatusCode().value();
        HttpStatus named = HttpStatus.resolve(status);
        var headers = new HttpHeaders();
        headers.putAll(known.getHeaders());
        return new Failure(status, "http-" + status, named == null ? "Refused" : named.getReasonPhrase(), headers);
    }

    private static Failure away(Owner owner) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        String sentence = "The %s service cannot be reached; try again in %s s".formatted(owner.label(), RETRY_SECONDS);
        return new Failure(503, "unavailable", sentence, headers);
    }

    /** Refused, reset, silent, broken off in the head, no HTTP, or no connection free: on a forwarded route these are the other side's, not ours. */
    private static boolean isHop(Throwable thrown) {
        boolean silent =
                thrown instanceof ErrorResponse known && known.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT);
        return silent
                || thrown instanceof IOException
                || thrown instanceof TimeoutException
                || thrown instanceof ChannelException
                || thrown instanceof CodecException
                || thrown instanceof AbortedException
                || thrown instanceof java.util.concurrent.TimeoutException;
    }
}
