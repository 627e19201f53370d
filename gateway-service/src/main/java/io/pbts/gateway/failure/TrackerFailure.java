package io.pbts.gateway.failure;

import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
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
    private static final byte[] AWAY = BencodeWriter.encodeToArray(
            Map.of("failure reason", BString.of("Tracker is restarting, try again"), "interval", new BInteger(60)));

    private TrackerFailure() {}

    static Mono<Void> write(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getHeaders().setContentLength(AWAY.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(AWAY)));
    }
}
