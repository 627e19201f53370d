package io.pbts.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One request of arbitrary bytes over one connection: no client library cleans it up on the way. */
final class RawHttp {
    private static final int PATIENCE_MS = 30_000;
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: (\\d{1,6})\r\n");

    private RawHttp() {}

    record Response(int status, String head, Bytes content) {
        boolean saysWhenToComeBack() {
            return comeBackIn().isPresent();
        }

        /** What Retry-After says, in seconds. */
        Optional<Duration> comeBackIn() {
            Matcher said = RETRY_AFTER.matcher(head);
            return said.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(said.group(1)))) : Optional.empty();
        }

        byte[] body() {
            return content.toArrayUnsafe();
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        /** The stable code of a problem; empty when the body has none. */
        String code() {
            try {
                return Stack.JSON.readTree(body()).path("code").asString("");
            } catch (JacksonException notJson) {
                return "";
            }
        }
    }

    /** Sends the bytes and reads one response; empty when the server closed without one. */
    static Optional<Response> exchange(int port, byte[] request) throws IOException {
        return exchange(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null, request);
    }

    /** The same from an address of this machine of one's choice, so that limits per address do not mix the callers up. */
    static Optional<Response> exchange(InetSocketAddress server, @Nullable InetAddress from, byte[] request)
            throws IOException {
        try (var socket = new Socket()) {
            if (from != null) {
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(server, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                boolean bodiless = new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1)
                        .equals("HEAD ");
                return read(socket.getInputStream(), bodiless);
            } catch (java.net.SocketException reset) {
                return Optional.empty();
            }
        }
    }

    private static Optional<Response> read(InputStream in, boolean bodiless) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(head.substring(9, 12));
        String lower = head.toLowerCase(Locale.ROOT);
        byte[] body;
        if (bodiless || status == 204 || status == 304) {
            body = new byte[0];
        } else if (lower.contains("transfer-encoding: chunked")) {
            body = chunks(in);
        } else if (lower.contains("content-length: ")) {
            int from = lower.indexOf("content-length: ") + 16;
            body = in.readNBytes(Integer.parseInt(
                    lower.substring(from, lower.indexOf('\r', from)).strip()));
        } else {
            body = in.readAllBytes();
        }
        return Optional.of(new Response(status, head, Bytes.wrap(body)));
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        byte[] end = {'\r', '\n', '\r', '\n'};
        while (matched < end.length) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            matched = next == end[matched] ? matched + 1 : next == end[0] ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).strip(), 16);
            body.write(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
