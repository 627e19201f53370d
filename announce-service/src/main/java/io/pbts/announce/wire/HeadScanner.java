package io.pbts.announce.wire;

import io.netty.buffer.ByteBuf;

/** Finds where the head of a request ends, however it is split over packets, and looks at no byte twice. */
final class HeadScanner {
    /** More has to arrive first. */
    static final int INCOMPLETE = 0;
    /** The request line is over its limit. */
    static final int LINE_TOO_LONG = -1;
    /** The header fields are over their limit. */
    static final int FIELDS_TOO_LONG = -2;

    static final int MAX_LINE = 16 * 1024;
    static final int MAX_FIELDS = 16 * 1024;
    static final int MAX_HEAD = MAX_LINE + MAX_FIELDS;

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private int lineStart;
    private int scanned;
    private int requestLine;

    /** Bytes of the head from the reader index on, its empty line included, or one of the constants above. */
    int find(ByteBuf input) {
        int base = input.readerIndex();
        while (true) {
            int at = input.indexOf(base + scanned, input.writerIndex(), LF);
            int lineEnd = at < 0 ? input.readableBytes() : at - base + 1;
            int problem = overLimit(lineEnd);
            if (problem != 0) {
                return problem;
            }
            scanned = lineEnd;
            if (at < 0) {
                return INCOMPLETE;
            }
            boolean empty = isEmpty(input, base + lineStart, at);
            lineStart = lineEnd;
            if (requestLine == 0) {
                if (empty) {
                    return skipped(input, lineEnd);
                }
                requestLine = lineEnd;
            } else if (empty) {
                return restart(lineEnd);
            }
        }
    }

    private int overLimit(int length) {
        if (requestLine == 0) {
            return length > MAX_LINE ? LINE_TOO_LONG : 0;
        }
        return length - requestLine > MAX_FIELDS ? FIELDS_TOO_LONG : 0;
    }

    /** An empty line before a request means nothing (RFC 9112 2.2). */
    private int skipped(ByteBuf input, int length) {
        input.skipBytes(length);
        restart(0);
        return find(input);
    }

    private int restart(int head) {
        lineStart = 0;
        scanned = 0;
        requestLine = 0;
        return head;
    }

    private static boolean isEmpty(ByteBuf input, int from, int lineFeed) {
        return lineFeed == from || (lineFeed == from + 1 && input.getByte(from) == CR);
    }
}
