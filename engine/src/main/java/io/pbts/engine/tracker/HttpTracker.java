package io.pbts.engine.tracker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.apache.tuweni.bytes.Bytes;

/** Trackers by HTTP and HTTPS (BEP 3, compact as in BEP 23 and BEP 7). */
public final class HttpTracker implements TrackerClient, AutoCloseable {

    private static final int MAX_BODY = 64 << 10;
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    @Override
    public AnnounceAnswer announce(URI tracker, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(target(tracker, request)))
                .timeout(patience)
                .header("User-Agent", "PBTS/0.1.0")
                .build();
        HttpResponse<byte[]> response;
        try {
            response = http.send(get, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
        } catch (IOException e) {
            throw new TrackerFailure("cannot reach the tracker: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
        if (response.statusCode() != 200) {
            throw refused(response);
        }
        return AnnounceAnswer.decode(response.body());
    }

    /** Some trackers say why in the body of an error. */
    private static TrackerFailure refused(HttpResponse<byte[]> response) {
        try {
            AnnounceAnswer.decode(response.body());
        } catch (TrackerFailure failure) {
            if (response.body().length > 0 && response.body()[0] == 'd') {
                return failure;
            }
        }
        return new TrackerFailure("the tracker answered HTTP " + response.statusCode());
    }

    /** Escapes are written out because the hash is no text in any encoding. */
    static String target(URI tracker, AnnounceRequest request) {
        String base = tracker.toString();
        int fragment = base.indexOf('#');
        if (fragment >= 0) {
            base = base.substring(0, fragment);
        }
        StringBuilder url = new StringBuilder(base);
        url.append(tracker.getRawQuery() == null ? '?' : '&');
        url.append("info_hash=").append(escaped(request.infoHash()));
        url.append("&peer_id=").append(escaped(request.self().bytes()));
        url.append("&port=").append(request.port());
        url.append("&uploaded=").append(request.uploaded());
        url.append("&downloaded=").append(request.downloaded());
        url.append("&left=").append(request.left());
        url.append("&compact=1&numwant=").append(request.wanted());
        url.append("&key=").append(Integer.toHexString(request.key()));
        if (request.event() != AnnounceRequest.Event.NONE) {
            url.append("&event=").append(request.event().word());
        }
        return url.toString();
    }

    private static String escaped(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.size(); i++) {
            int value = bytes.get(i) & 0xFF;
            if (UNRESERVED.indexOf(value) >= 0) {
                text.append((char) value);
            } else {
                text.append('%').append("%02X".formatted(value));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
