package io.pbts.protocol.epoch;

import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Reads the fields of one body, one after the other, and can say what the one at a place is called. */
final class Fields {
    /** A field that was read: where it begins in the body. */
    record Field(String name, int at, int size) {}

    private final RecordType type;
    private final Bytes body;
    private final long offset;
    private final List<Field> read = new ArrayList<>(12);

    /**
     * The fields of a body.
     *
     * @param offset of the body in the file
     */
    Fields(RecordType type, Bytes body, long offset) {
        this.type = type;
        this.body = body;
        this.offset = offset;
    }

    Bytes bytes(String name, int size) {
        int at = at();
        int there = Math.min(size, remaining());
        read.add(new Field(name, at, there));
        if (there < size) {
            throw wrong("has %d bytes, not %d".formatted(there, size));
        }
        return body.slice(at, size);
    }

    Bytes32 bytes32(String name) {
        return Bytes32.wrap(bytes(name, Bytes32.SIZE));
    }

    int u8(String name) {
        return bytes(name, 1).get(0) & 0xff;
    }

    int u16(String name) {
        return bytes(name, 2).toInt();
    }

    long u32(String name) {
        return bytes(name, 4).toLong();
    }

    long u63(String name) {
        long value = bytes(name, 8).getLong(0);
        if (value < 0) {
            throw wrong("is a number of 64 bits");
        }
        return value;
    }

    /** Whatever is left. */
    Bytes rest(String name) {
        return bytes(name, remaining());
    }

    void end() {
        if (remaining() > 0) {
            rest("end");
            throw wrong("has bytes after the last field");
        }
    }

    /** The field that was read last is not what it should be. */
    WrongEpoch wrong(String problem) {
        return wrong(read.getLast(), problem);
    }

    /** This field, which was read, is not what it should be. */
    WrongEpoch wrong(String name, String problem) {
        return wrong(
                read.stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst()
                        .orElseThrow(),
                problem);
    }

    private WrongEpoch wrong(Field field, String problem) {
        return new WrongEpoch(new Finding(offset + field.at(), field.size(), type.title(), field.name(), problem));
    }

    /** What stands at a place of the body, as far as its fields can be made out. */
    static String nameAt(RecordType type, Bytes body, int place) {
        Fields fields = new Fields(type, body, 0);
        try {
            EpochRecord.read(type, fields);
        } catch (WrongEpoch | IllegalArgumentException unreadable) {
            // The fields before the one that cannot be read have their names.
        }
        return fields.read.stream()
                .filter(field -> place >= field.at() && place < field.at() + field.size())
                .map(Field::name)
                .findFirst()
                .orElse("body");
    }

    private int at() {
        return read.isEmpty() ? 0 : read.getLast().at() + read.getLast().size();
    }

    private int remaining() {
        return body.size() - at();
    }
}
