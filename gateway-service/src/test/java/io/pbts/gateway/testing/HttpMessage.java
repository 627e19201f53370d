package io.pbts.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request or an answer as it stood on the wire; every char of a line is one byte. */
public record HttpMessage(String startLine, List<String> headers, String body) {

    /** Reads one message; {@code untilClosed} when a body without a length ends with the connection, as in answers. */
    public static HttpMessage read(InputStream in, boolean untilClosed) throws IOException {
        String start = line(in);
        List<String> headers = new ArrayList<>();
        for (String next = line(in); !next.isEmpty(); next = line(in)) {
            headers.add(next);
        }
        HttpMessage head = new HttpMessage(start, List.copyOf(headers), "");
        return new HttpMessage(start, head.headers(), body(head, in, untilClosed));
    }

    /** The value of a header, all lines joined; empty text when absent. */
    public String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).trim())
                .reduce((first, second) -> first + "," + second)
                .orElse("");
    }

    /** Status of an answer. */
    public int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    private static String body(HttpMessage head, InputStream in, boolean untilClosed) throws IOException {
        if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = head.header("content-length");
        if (!length.isEmpty()) {
            return exactly(in, Integer.parseInt(length));
        }
        return untilClosed ? new String(in.readAllBytes(), ISO_8859_1) : "";
    }

    private static String chunks(InputStream in) throws IOException {
        var body = new StringBuilder();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.append(exactly(in, size));
            line(in);
        }
        line(in);
        return body.toString();
    }

    private static String exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ends early");
        }
        return new String(bytes, ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the head ends early");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
