package io.pbts.gateway.failure;

import io.pbts.gateway.route.Owner;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * What fails when an answer has begun, or when nobody waits for one any more. It is reported here alone: the framework would log
 * the whole target, which may hold a passkey.
 */
final class LateFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LateFailures.class);

    /** The server's words when it has refused the rest of a request itself, with 400, before the answer to its beginning came. */
    private static final String REFUSED_IN_ITS_BODY = "Status and headers already sent";

    private final HopLog hops;

    LateFailures(HopLog hops) {
        this.hops = hops;
    }

    /**
     * Cuts the answer short, so that nobody takes its beginning for the whole. The framework takes some failures of a hop for a
     * caller who has gone and would leave the caller waiting: it gets to see none of them.
     */
    Mono<Void> cut(ServerWebExchange exchange, Throwable thrown, Optional<Owner> owner) {
        if (REFUSED_IN_ITS_BODY.equals(thrown.getMessage()) || callerIsGone(exchange)) {
            return Mono.empty();
        }
        owner.ifPresentOrElse(
                backend -> hops.failed(backend, thrown),
                () -> LOG.error("event=unexpected owner=gateway {}", Trace.of(thrown)));
        return Mono.error(new CutShort());
    }

    /** For what fails after the end of its exchange: the class says enough, as a message may hold a target. */
    static void dropped(Throwable thrown) {
        LOG.warn("event=late_failure cause=\"{}\"", thrown.getClass().getSimpleName());
    }

    private static boolean callerIsGone(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection caller
                && !caller.channel().isActive();
    }

    private static final class CutShort extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutShort() {
            super("the answer is cut short", null, false, false);
        }
    }
}
