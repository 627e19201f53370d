package io.pbts.announce.tracker.text;

import java.util.Arrays;

/**
 * Walks the pairs of a raw query, one after the other, without a map, a string or a copy. A plus sign is a plus sign: clients
 * percent-encode bytes, they do not fill in forms.
 */
public final class QueryCursor {
    /** No number. */
    public static final long UNPARSABLE = Long.MIN_VALUE;

    private byte[] bytes = {};
    private int end;
    private int next;
    private int nameFrom;
    private int nameTo;
    private int valueFrom;
    private int valueTo;

    public void over(byte[] query, int from, int to) {
        bytes = query;
        next = from;
        end = to;
    }

    /** Moves to the next pair. */
    public boolean advance() {
        if (next >= end) {
            return false;
        }
        nameFrom = next;
        int at = next;
        while (at < end && bytes[at] != '=' && bytes[at] != '&') {
            at++;
        }
        nameTo = at;
        boolean hasValue = at < end && bytes[at] == '=';
        valueFrom = hasValue ? at + 1 : at;
        at = valueFrom;
        while (at < end && bytes[at] != '&') {
            at++;
        }
        valueTo = at;
        next = at + 1;
        return true;
    }

    public int nameLength() {
        return nameTo - nameFrom;
    }

    public boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
    }

    public boolean isValue(byte[] expected) {
        return Arrays.equals(bytes, valueFrom, valueTo, expected, 0, expected.length);
    }

    public int valueFrom() {
        return valueFrom;
    }

    public int valueTo() {
        return valueTo;
    }

    /**
     * Percent-decodes the value. Answers its length, -1 when an escape is broken, and anything above the room there is when
     * the value does not fit.
     */
    public int decode(byte[] into) {
        int count = 0;
        for (int at = valueFrom; at < valueTo; at++) {
            int symbol = bytes[at];
            if (symbol == '%') {
                if (valueTo - at < 3) {
                    return -1;
                }
                symbol = (Character.digit(bytes[at + 1], 16) << 4) | Character.digit(bytes[at + 2], 16);
                if (symbol < 0) {
                    return -1;
                }
                at += 2;
            }
            if (count < into.length) {
                into[count] = (byte) symbol;
            }
            count++;
        }
        return count;
    }

    /** Digits with or without a minus sign; what does not fit a long is the nearest long, for counters run over. */
    public long number() {
        int at = valueFrom;
        boolean negative = at < valueTo && bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (at == valueTo) {
            return UNPARSABLE;
        }
        long value = 0;
        for (; at < valueTo; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return UNPARSABLE;
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
