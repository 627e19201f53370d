package io.pbts.announce.tracker.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * The path of a request: {@code /{passkey}/announce}, from which clients derive the scrape URL by the text after the last
 * slash (BEP 48), {@code /announce/{passkey}}, {@code /announce}, and the same for scrape.
 */
public final class Target {
    private static final byte[] ANNOUNCE = "announce".getBytes(US_ASCII);
    private static final byte[] SCRAPE = "scrape".getBytes(US_ASCII);
    private static final byte[] ABSOLUTE = "http://".getBytes(US_ASCII);

    /** What is asked for. */
    public enum Kind {
        ANNOUNCE,
        SCRAPE,
        OTHER
    }

    private Kind kind = Kind.OTHER;
    private int keyFrom;
    private int keyTo;
    private int queryFrom;

    /** Reads a target in origin or absolute form (RFC 9112 3.2). */
    public void read(byte[] bytes, int from, int to) {
        kind = Kind.OTHER;
        keyFrom = 0;
        keyTo = 0;
        int start = from;
        if (startsWith(bytes, from, to, ABSOLUTE)) {
            start = find(bytes, '/', from + ABSOLUTE.length, to);
        }
        int pathTo = find(bytes, '?', start, to);
        queryFrom = Math.min(pathTo + 1, to);
        if (start < pathTo && bytes[start] == '/') {
            readPath(bytes, start + 1, pathTo);
        }
    }

    private void readPath(byte[] bytes, int from, int to) {
        int slash = find(bytes, '/', from, to);
        Kind first = kindOf(bytes, from, slash);
        if (slash == to) {
            kind = first;
            return;
        }
        if (find(bytes, '/', slash + 1, to) != to) {
            return;
        }
        if (first != Kind.OTHER) {
            kind = first;
            keyFrom = slash + 1;
            keyTo = to;
        } else {
            kind = kindOf(bytes, slash + 1, to);
            keyFrom = from;
            keyTo = slash;
        }
    }

    private static Kind kindOf(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, ANNOUNCE, 0, ANNOUNCE.length)) {
            return Kind.ANNOUNCE;
        }
        return Arrays.equals(bytes, from, to, SCRAPE, 0, SCRAPE.length) ? Kind.SCRAPE : Kind.OTHER;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static int find(byte[] bytes, char symbol, int from, int to) {
        int at = Math.min(from, to);
        while (at < to && bytes[at] != symbol) {
            at++;
        }
        return at;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the path names a key, of whatever form. */
    public boolean hasKey() {
        return keyTo > keyFrom;
    }

    public int keyFrom() {
        return keyFrom;
    }

    public int keyTo() {
        return keyTo;
    }

    public int queryFrom() {
        return queryFrom;
    }
}
