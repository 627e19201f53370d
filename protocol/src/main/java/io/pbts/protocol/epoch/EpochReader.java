package io.pbts.protocol.epoch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads an epoch file record by record, in a buffer of fixed size. Every method throws {@link WrongEpoch} for a record that is
 * damaged, with the very byte when only one is.
 */
public final class EpochReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST = EpochRecord.FRAME_HEAD + EpochRecord.MAX_BODY + EpochRecord.FRAME_TAIL;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long offset;

    /** A record and where it stands. */
    public record Located(long offset, int size, EpochRecord content) {}

    /** The frame of a record, whose checksum is right. */
    private record Frame(int at, int body, long offset) {
        int size() {
            return EpochRecord.FRAME_HEAD + body + EpochRecord.FRAME_TAIL;
        }
    }

    public EpochReader(InputStream in) {
        this.in = in;
    }

    /** Where the next record begins. */
    public long offset() {
        return offset;
    }

    /** The next record; empty at the end of the file. */
    public Optional<Located> next() throws IOException {
        Frame frame = frame();
        if (frame == null) {
            return Optional.empty();
        }
        RecordType type = RecordType.ofNumber(buffer[frame.at()])
                .orElseThrow(() -> wrong(frame.offset(), 1, "record", "type", "has no such number"));
        int start = frame.at() + EpochRecord.FRAME_HEAD;
        Bytes body = Bytes.wrap(buffer, start, frame.body()).copy();
        var fields = new Fields(type, body, frame.offset() + EpochRecord.FRAME_HEAD);
        return Optional.of(new Located(frame.offset(), frame.size(), EpochRecord.read(type, fields)));
    }

    /** Passes over all that is left and looks at checksums only. */
    public void check() throws IOException {
        while (frame() != null) {
            // Damage is thrown.
        }
    }

    private @Nullable Frame frame() throws IOException {
        fill();
        int there = to - from;
        if (there == 0) {
            return null;
        }
        int at = from;
        int body = there < EpochRecord.FRAME_HEAD ? 0 : ByteBuffer.wrap(buffer).getInt(at) & 0xff_ffff;
        var frame = new Frame(at, body, offset);
        if (body > EpochRecord.MAX_BODY || frame.size() > there || !isWhole(frame)) {
            throw damage(there);
        }
        from += frame.size();
        offset += frame.size();
        return frame;
    }

    private boolean isWhole(Frame frame) {
        CRC32C checksum = new CRC32C();
        int covered = EpochRecord.FRAME_HEAD + frame.body();
        checksum.update(buffer, frame.at(), covered);
        return (int) checksum.getValue() == ByteBuffer.wrap(buffer).getInt(frame.at() + covered);
    }

    private WrongEpoch damage(int there) {
        byte[] bytes = Bytes.wrap(buffer, from, Math.min(there, LARGEST)).toArray();
        return new WrongEpoch(new DamagedRecord(bytes, offset).finding());
    }

    private void fill() throws IOException {
        if (to - from >= LARGEST) {
            return;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (to < buffer.length) {
            int more = in.read(buffer, to, buffer.length - to);
            if (more < 0) {
                return;
            }
            to += more;
        }
    }

    private static WrongEpoch wrong(long offset, int length, String part, String field, String problem) {
        return new WrongEpoch(new Finding(offset, length, part, field, problem));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
