package io.pbts.engine.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.tuweni.bytes.Bytes;

/**
 * One GET over a connection of its own (RFC 9112), by TLS where the URL says so. The JDK's clients choose the address
 * themselves; a tracker must be asked at one of each family.
 */
final class HttpGet {

    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_HEAD = 8 << 10;
    private static final int CONNECT_MILLIS = 10_000;

    /**
     * What came back.
     *
     * @param location of a redirect
     */
    record Reply(int status, Optional<String> location, Bytes body) {}

    private final SSLSocketFactory tls;
    private final URI url;
    private final long until;
    private int headBytes;

    /**
     * For one URL.
     *
     * @param until {@link System#nanoTime} at which it is given up
     */
    HttpGet(SSLSocketFactory tls, URI url, long until) {
        this.tls = tls;
        this.url = url;
        this.until = until;
    }

    /** Asks at this address, whose certificate must be for the URL's host. */
    Reply from(InetAddress address) throws IOException {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, port), Math.min(CONNECT_MILLIS, remainingMillis()));
            if (!secure) {
                return exchange(plain);
            }
            plain.setSoTimeout(remainingMillis());
            try (SSLSocket encrypted = (SSLSocket) tls.createSocket(plain, hostName(), port, true)) {
                SSLParameters parameters = encrypted.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                encrypted.setSSLParameters(parameters);
                encrypted.startHandshake();
                return exchange(encrypted);
            }
        }
    }

    private String hostName() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Reply exchange(Socket socket) throws IOException {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String host = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        String asked = "GET " + path + query + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: PBTS/0.1.0\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(asked.getBytes(ISO_8859_1));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        int status = status(line(socket, in));
        Map<String, String> headers = headers(socket, in);
        Optional<String> location = Optional.ofNullable(headers.get("location"));
        return new Reply(status, location, Bytes.wrap(body(socket, in, headers)));
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("the tracker does not speak HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private Map<String, String> headers(Socket socket, InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(socket, in); !line.isEmpty(); line = line(socket, in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] body(Socket socket, InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(socket, in);
        }
        String length = headers.get("content-length");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (length == null) {
            for (int next = read(socket, in); next >= 0; next = read(socket, in)) {
                add(body, next);
            }
        } else {
            append(socket, in, number(length, 10), body);
        }
        return body.toByteArray();
    }

    private byte[] chunks(Socket socket, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = number(line(socket, in).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            append(socket, in, size, body);
            if (!line(socket, in).isEmpty()) {
                throw new IOException("the tracker's answer is no HTTP");
            }
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0 && number <= MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("the tracker's answer is no HTTP", e);
        }
        throw tooLong();
    }

    private void append(Socket socket, InputStream in, int count, ByteArrayOutputStream body) throws IOException {
        for (int i = 0; i < count; i++) {
            int next = read(socket, in);
            if (next < 0) {
                throw new EOFException("the tracker's answer ends early");
            }
            add(body, next);
        }
    }

    private static void add(ByteArrayOutputStream body, int next) throws IOException {
        if (body.size() >= MAX_BODY) {
            throw tooLong();
        }
        body.write(next);
    }

    private static IOException tooLong() {
        return new IOException("the tracker's answer is longer than " + MAX_BODY + " bytes");
    }

    private String line(Socket socket, InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(socket, in); next != '\n'; next = read(socket, in)) {
            if (next < 0) {
                throw new EOFException("the tracker closed the connection");
            }
            if (++headBytes > MAX_HEAD) {
                throw new IOException("the tracker's answer has a head longer than " + MAX_HEAD + " bytes");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** The time is one for all of it: who sends a byte now and then gains none. */
    private int read(Socket socket, InputStream in) throws IOException {
        if (in.available() == 0) {
            socket.setSoTimeout(remainingMillis());
        }
        return in.read();
    }

    private int remainingMillis() throws SocketTimeoutException {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
