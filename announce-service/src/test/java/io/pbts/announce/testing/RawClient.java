package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;

/** A client that sends exactly the bytes it is given and reads HTTP answers one by one. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream input;

    public RawClient(InetSocketAddress server) throws IOException {
        this(server, SocketFactory.getDefault());
    }

    /** Over the sockets of this factory, which may encrypt. */
    public RawClient(InetSocketAddress server, SocketFactory sockets) throws IOException {
        socket = sockets.createSocket(server.getAddress(), server.getPort());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream(), 65_536); // a byte at a time, it would be a slow client
    }

    /** An answer; header names in lower case. */
    public record Answer(int status, Map<String, String> headers, Bencoded body) {
        public boolean closes() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    /** Sends text as Latin-1, so that any byte can be written as a character. */
    public void send(String latin1) throws IOException {
        send(latin1.getBytes(ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends an ordinary GET and reads its answer. */
    public Answer get(String target, String... headers) throws IOException {
        var head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: tracker.test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        send(head.append("\r\n").toString());
        return read();
    }

    public Answer read() throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        byte[] body = input.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers, new Bencoded(body));
    }

    /** Whether the server has closed the connection, which it is given time to do. */
    public boolean isClosedByServer() throws IOException {
        return input.read() < 0;
    }

    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("closed after: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
