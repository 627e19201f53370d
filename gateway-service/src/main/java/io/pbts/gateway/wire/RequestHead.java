package io.pbts.gateway.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one request head as they were sent. The codec forgives and repairs some of what RFC 9112 forbids, and after it
 * nobody can tell; whoever reads the same bytes another way would see other requests in them (CWE-444).
 */
final class RequestHead {
    private final List<String> fields = new ArrayList<>();
    private String requestLine = "";
    private Optional<String> fault = Optional.empty();

    /** Takes the whole lines that the codec took from the buffer. */
    void read(ByteBuf buffer, int from, int to) {
        int start = from;
        while (start < to) {
            int feed = buffer.indexOf(start, to, (byte) '\n');
            if (feed < 0) {
                return;
            }
            boolean strict = feed > start && buffer.getByte(feed - 1) == '\r';
            if (!strict) {
                blame("a line that ends without CR LF");
            }
            int end = strict ? feed - 1 : feed;
            line(buffer.toString(start, end - start, StandardCharsets.ISO_8859_1));
            start = feed + 1;
        }
    }

    private void line(String line) {
        if (requestLine.isEmpty()) {
            requestLine = line;
        } else if (!line.isEmpty()) {
            fields.add(line);
        }
    }

    /** What is wrong with the head, once it is complete. */
    Optional<String> fault() {
        return fault.or(() -> new HeadRules(requestLine, fields).fault());
    }

    private void blame(String what) {
        if (fault.isEmpty()) {
            fault = Optional.of(what);
        }
    }
}
