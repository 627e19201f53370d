package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.pbts.announce.tracker.text.BencodeOutput;

/** What goes back over HTTP. A connection that will be closed is announced as such: some clients fail otherwise. */
final class HttpAnswers {
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final byte[] END_AND_CLOSE = ascii("\r\nConnection: close\r\n\r\n");
    private static final byte[] END_AND_STAY = ascii("\r\nConnection: keep-alive\r\n\r\n");
    private static final int HEAD_ROOM = 128;

    private HttpAnswers() {}

    /** How the connection goes on. */
    enum Connection {
        /** Stays open, as HTTP/1.1 has it. */
        STAYS,
        /** Stays open because an HTTP/1.0 client asked for it. */
        STAYS_AS_ASKED,
        CLOSES
    }

    /** The answers to what is no tracker request. */
    enum Refusal {
        BAD_REQUEST("400 Bad Request", "", "Not a request that this tracker understands\n"),
        NOT_FOUND("404 Not Found", "", "Nothing here. The tracker answers /{passkey}/announce and /{passkey}/scrape\n"),
        NO_GET("405 Method Not Allowed", "Allow: GET\r\n", "Only GET\n"),
        LINE_TOO_LONG("414 URI Too Long", "", "The request line is limited to 16 KiB\n"),
        FIELDS_TOO_LONG("431 Request Header Fields Too Large", "", "Header fields are limited to 16 KiB\n"),
        OTHER_VERSION("505 HTTP Version Not Supported", "", "Only HTTP/1.0 and HTTP/1.1\n");

        private final String answer;

        Refusal(String status, String field, String text) {
            answer = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\n" + field + "Connection: close\r\n"
                    + "Content-Length: " + text.length() + "\r\n\r\n" + text;
        }

        ByteBuf write(ByteBufAllocator allocator) {
            return ByteBufUtil.writeAscii(allocator, answer);
        }
    }

    /** To whoever is not the gateway at the gateway's listener; the code says what was wrong with the service token. */
    static ByteBuf unauthorized(ByteBufAllocator allocator, String code) {
        String text = code + ": only the gateway asks here\n";
        return ByteBufUtil.writeAscii(
                allocator,
                "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nWWW-Authenticate: PBTS-Service-Token\r\n"
                        + "Connection: close\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
    }

    static ByteBuf ok(ByteBufAllocator allocator, BencodeOutput body, Connection connection) {
        ByteBuf out = allocator.ioBuffer(HEAD_ROOM + body.length());
        out.writeBytes(OK);
        writeDigits(out, body.length());
        out.writeBytes(
                switch (connection) {
                    case STAYS -> END;
                    case STAYS_AS_ASKED -> END_AND_STAY;
                    case CLOSES -> END_AND_CLOSE;
                });
        return out.writeBytes(body.bytes(), 0, body.length());
    }

    private static void writeDigits(ByteBuf out, int number) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            out.writeByte('0' + number / divisor % 10);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
