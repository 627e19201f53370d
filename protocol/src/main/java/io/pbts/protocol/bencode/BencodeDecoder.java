package io.pbts.protocol.bencode;

import io.pbts.protocol.bencode.BDictionary.Entry;
import io.pbts.protocol.bencode.BDictionary.Range;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value that fills the whole message (BEP 3). Accepts exactly one spelling of each value: no leading zeros, no
 * negative zero, keys ascending and unique. Keeps its own stack, so depth costs heap within {@link BencodeLimits} and
 * never a StackOverflowError.
 */
public final class BencodeDecoder {

    private static final int MAX_DIGITS = 19;

    private final byte[] input;
    private final Bytes message;
    private final BencodeLimits limits;
    private final Deque<Frame> open = new ArrayDeque<>();
    private int position;
    private int tokens;

    private BencodeDecoder(Bytes message, BencodeLimits limits) {
        this.message = message;
        this.input = message.toArrayUnsafe();
        this.limits = limits;
    }

    /**
     * Reads the one value the message holds.
     *
     * @throws BencodeException when the bytes are not canonical bencode, or over a limit
     */
    public static BencodeValue decode(Bytes message, BencodeLimits limits) throws BencodeException {
        if (message.size() > limits.maxBytes()) {
            throw new BencodeException("more than " + limits.maxBytes() + " bytes", limits.maxBytes());
        }
        return new BencodeDecoder(message, limits).decode();
    }

    /** As {@link #decode(Bytes, BencodeLimits)}; the array must not change afterwards. */
    public static BencodeValue decode(byte[] message, BencodeLimits limits) throws BencodeException {
        return decode(Bytes.wrap(message), limits);
    }

    private BencodeValue decode() throws BencodeException {
        while (true) {
            BencodeValue complete = next();
            if (complete == null) {
                continue;
            }
            Frame parent = open.peek();
            if (parent == null) {
                requireEnd();
                return complete;
            }
            parent.add(complete, position);
        }
    }

    /** Reads one token. Answers the value it completes, or null when it only opened a container or named a key. */
    private @Nullable BencodeValue next() throws BencodeException {
        byte head = peek();
        Frame frame = open.peek();
        if (head == 'e' && frame != null) {
            position++;
            BencodeValue closed = frame.close(position - 1);
            open.pop();
            return closed;
        }
        countToken();
        if (frame != null && frame.awaitsKey()) {
            int keyStart = position;
            frame.key(string(), keyStart, position);
            return null;
        }
        return switch (head) {
            case 'i' -> integer();
            case 'l' -> push(new ListFrame());
            case 'd' -> push(new DictionaryFrame());
            default -> new BString(string());
        };
    }

    private @Nullable BencodeValue push(Frame frame) throws BencodeException {
        if (open.size() >= limits.maxDepth()) {
            throw new BencodeException("nested deeper than " + limits.maxDepth(), position);
        }
        open.push(frame);
        position++;
        return null;
    }

    private BInteger integer() throws BencodeException {
        int start = position++;
        boolean negative = peek() == '-';
        if (negative) {
            position++;
        }
        long magnitude = digits('e', start);
        if (negative && magnitude == 0) {
            throw new BencodeException("negative zero", start);
        }
        if (magnitude == Long.MIN_VALUE && !negative) {
            throw new BencodeException("integer out of 64 bits", start);
        }
        return new BInteger(negative ? -magnitude : magnitude);
    }

    private Bytes string() throws BencodeException {
        int start = position;
        if (!isDigit(peek())) {
            throw new BencodeException("expected a value", start);
        }
        long length = digits(':', start);
        if (length < 0 || length > input.length - position) {
            throw new BencodeException("string longer than the message", start);
        }
        Bytes value = message.slice(position, (int) length);
        position += (int) length;
        return value;
    }

    /** Reads digits up to the end mark; 2^63, which only a negative integer may reach, comes back as Long.MIN_VALUE. */
    private long digits(char end, int start) throws BencodeException {
        int first = position;
        long value = 0;
        while (isDigit(peek())) {
            if (position - first >= MAX_DIGITS) {
                throw new BencodeException("more than " + MAX_DIGITS + " digits", start);
            }
            value = value * 10 + (input[position++] - '0');
        }
        boolean tooLarge = value < 0 && value != Long.MIN_VALUE;
        if (position == first || input[position] != end || tooLarge) {
            throw new BencodeException("malformed number", start);
        }
        if (input[first] == '0' && position - first > 1) {
            throw new BencodeException("leading zero", start);
        }
        position++;
        return value;
    }

    private byte peek() throws BencodeException {
        if (position >= input.length) {
            throw new BencodeException("the message ends early", position);
        }
        return input[position];
    }

    private void countToken() throws BencodeException {
        if (++tokens > limits.maxTokens()) {
            throw new BencodeException("more than " + limits.maxTokens() + " values", position);
        }
    }

    private void requireEnd() throws BencodeException {
        if (position != input.length) {
            throw new BencodeException("bytes after the value", position);
        }
    }

    private static boolean isDigit(byte symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    /** A list or dictionary that is still open. */
    private interface Frame {
        boolean awaitsKey();

        void key(Bytes key, int start, int end) throws BencodeException;

        void add(BencodeValue value, int end);

        BencodeValue close(int at) throws BencodeException;
    }

    private static final class ListFrame implements Frame {
        private final List<BencodeValue> values = new ArrayList<>();

        @Override
        public boolean awaitsKey() {
            return false;
        }

        @Override
        public void key(Bytes key, int start, int end) {
            throw new IllegalStateException("a list has no keys");
        }

        @Override
        public void add(BencodeValue value, int end) {
            values.add(value);
        }

        @Override
        public BencodeValue close(int at) {
            return new BList(values);
        }
    }

    private final class DictionaryFrame implements Frame {
        private final List<Entry> entries = new ArrayList<>();
        private final List<Range> ranges = new ArrayList<>();
        private @Nullable Bytes key;
        private int valueStart;

        @Override
        public boolean awaitsKey() {
            return key == null;
        }

        @Override
        public void key(Bytes next, int start, int end) throws BencodeException {
            if (!entries.isEmpty() && BDictionary.compareKeys(entries.getLast().key(), next) >= 0) {
                throw new BencodeException("keys not ascending and unique", start);
            }
            key = next;
            valueStart = end;
        }

        @Override
        public void add(BencodeValue value, int end) {
            if (key == null) {
                throw new IllegalStateException("value without a key");
            }
            entries.add(new Entry(key, value));
            ranges.add(new Range(valueStart, end));
            key = null;
        }

        @Override
        public BencodeValue close(int at) throws BencodeException {
            if (key != null) {
                throw new BencodeException("key without a value", at);
            }
            return BDictionary.decoded(entries, message, ranges);
        }
    }
}
