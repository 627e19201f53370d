package io.pbts.gateway.failure;

import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A failed announce or scrape as BitTorrent clients read it: HTTP 200 with a bencoded {@code failure reason} (BEP 3). Of any
 * other status Transmission and libtorrent show the number only, and come back sooner. The interval tells those that obey one
 * in a failure when to.
 */
final class TrackerFailure {
    private static final int INTERVAL = 60;
    private static final byte[] AWAY = body("Tracker is restarting, try again", INTERVAL);

    private TrackerFailure() {}

    /** Nobody answered. */
    static Mono<Void> write(ServerHttpResponse response) {
        return write(response, AWAY);
    }

    /** The gateway itself refuses for a while; {@code retry in} says it to clients of BEP 31, in minutes. */
    static Mono<Void> write(ServerHttpResponse response, String reason, Duration wait) {
        long seconds = Math.max(INTERVAL, wait.toSeconds());
        return write(
                response,
                BencodeWriter.encodeToArray(Map.of(
                        "failure reason",
                        BString.of(reason),
                        "interval",
                        new BInteger(seconds),
                        "retry in",
                        new BInteger((seconds + 59) / 60))));
    }

    private static byte[] body(String reason, long interval) {
        return BencodeWriter.encodeToArray(
                Map.of("failure reason", BString.of(reason), "interval", new BInteger(interval)));
    }

    private static Mono<Void> write(ServerHttpResponse response, byte[] body) {
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
