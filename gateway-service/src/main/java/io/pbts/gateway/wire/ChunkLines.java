package io.pbts.gateway.wire;

import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a chunked body (RFC 9112, 7.1) beside the codec, which reads {@code 5 5}, {@code 5<NUL>} and framing fields in
 * trailers without complaint. One instance per body; bytes of chunks are skipped, not looked at.
 */
final class ChunkLines {
    private static final int LONGEST = 1024;
    private static final Pattern SIZE =
            Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?\\r");
    private static final Pattern TRAILER = Pattern.compile(
            "\\r|(?!(?i:content-length|transfer-encoding|host):)[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7e\\x80-\\xff]*\\r");

    private final StringBuilder line = new StringBuilder();
    private State state = State.SIZE;
    private long left;

    private enum State {
        SIZE,
        DATA,
        DELIMITER,
        TRAILER
    }

    /** Reads what the codec read; false once a line is not as it must be. */
    boolean accept(ByteBuf buffer, int from, int to) {
        int at = from;
        while (at < to) {
            if (state == State.DATA) {
                int skipped = (int) Math.min(left, to - at);
                left -= skipped;
                at += skipped;
                state = left == 0 ? State.DELIMITER : State.DATA;
            } else if (!accept((char) (buffer.getByte(at++) & 0xff))) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(char symbol) {
        if (symbol != '\n') {
            line.append(symbol);
            return line.length() <= LONGEST;
        }
        String complete = line.toString();
        line.setLength(0);
        return switch (state) {
            case SIZE -> size(SIZE.matcher(complete));
            case DELIMITER -> {
                state = State.SIZE;
                yield complete.equals("\r");
            }
            case TRAILER -> TRAILER.matcher(complete).matches();
            case DATA -> throw new IllegalStateException("data has no lines");
        };
    }

    private boolean size(Matcher found) {
        if (!found.matches()) {
            return false;
        }
        left = Long.parseLong(found.group(1), 16);
        state = left == 0 ? State.TRAILER : State.DATA;
        return true;
    }
}
