package io.pbts.protocol.testing.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a message in Protocol Buffers' wire format, without its schema.
 *
 * @param lengthDelimited texts, bytes and messages, in order; numbers are left out
 */
record ProtobufFields(List<Field> lengthDelimited) {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    record Field(int number, ByteBuffer content) {}

    static ProtobufFields of(ByteBuffer message) {
        ByteBuffer rest = message.duplicate();
        List<Field> found = new ArrayList<>();
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(rest);
                case EIGHT_BYTES -> rest.position(rest.position() + Long.BYTES);
                case FOUR_BYTES -> rest.position(rest.position() + Integer.BYTES);
                case LENGTH_DELIMITED -> found.add(new Field((int) (tag >>> 3), content(rest)));
                default -> throw new IllegalArgumentException("no wire type: " + (tag & 7));
            }
        }
        return new ProtobufFields(List.copyOf(found));
    }

    List<ProtobufFields> messages(int number) {
        return all(number).stream().map(ProtobufFields::of).toList();
    }

    /** The last one counts; none is the empty text. */
    String text(int number) {
        List<ByteBuffer> all = all(number);
        return all.isEmpty()
                ? ""
                : StandardCharsets.UTF_8.decode(all.getLast().duplicate()).toString();
    }

    byte[] bytes(int number) {
        List<ByteBuffer> all = all(number);
        ByteBuffer last = all.isEmpty() ? ByteBuffer.allocate(0) : all.getLast().duplicate();
        byte[] bytes = new byte[last.remaining()];
        last.get(bytes);
        return bytes;
    }

    private List<ByteBuffer> all(int number) {
        return lengthDelimited.stream()
                .filter(field -> field.number() == number)
                .map(Field::content)
                .toList();
    }

    private static ByteBuffer content(ByteBuffer rest) {
        int length = Math.toIntExact(varint(rest));
        ByteBuffer content = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return content;
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
