package io.pbts.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that sends exactly what it is given. */
public record Caller(InetAddress address, int port) {

    /** GETs a target as it stands; each char one byte. */
    public HttpMessage get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    /** POSTs a body with a Content-Length. */
    public HttpMessage post(String target, String body, String... headers) {
        return send("POST", target, body, headers);
    }

    public HttpMessage send(String method, String target, String body, String... headers) {
        var request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: tracker.test\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return raw(request.append("\r\n").append(body).toString());
    }

    /** Sends these bytes and reads one answer. */
    public HttpMessage raw(String bytes) {
        try (Socket socket = open()) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return HttpMessage.read(new BufferedInputStream(socket.getInputStream()), true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends these bytes and reads everything until the server closes; empty after a reset. */
    public String untilClosed(String bytes) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** A connection that gives up after 20 s of silence. */
    public Socket open() throws IOException {
        var socket = new Socket(address, port);
        socket.setSoTimeout(20_000);
        return socket;
    }
}
