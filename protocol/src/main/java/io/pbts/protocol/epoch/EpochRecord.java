package io.pbts.protocol.epoch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.tuweni.bytes.Bytes;

/**
 * A record of an epoch file: {@code u8 type || u24 length of the body || body || u32 CRC-32C of all before it}. The layout of
 * each body is in {@code docs/protocol.md}.
 */
public sealed interface EpochRecord
        permits EpochHeader, EpochBatch, EpochCertificate, EpochMember, EpochRow, EpochPart, EpochSum {
    /** The most a body has: a row with the longest path of a batch is shorter. */
    int MAX_BODY = 4096;

    /** Type and length before a body. */
    int FRAME_HEAD = 4;

    /** The checksum after it. */
    int FRAME_TAIL = 4;

    RecordType type();

    /** The fields, without the frame. */
    Bytes body();

    /** The whole record, as it stands in a file. */
    default byte[] framed() {
        Bytes body = body();
        if (body.size() > MAX_BODY) {
            throw new IllegalArgumentException("a record of %d bytes".formatted(body.size()));
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + body.size() + FRAME_TAIL);
        frame.putInt(type().number() << 24 | body.size()).put(body.toArrayUnsafe());
        CRC32C checksum = new CRC32C();
        checksum.update(frame.array(), 0, frame.position());
        return frame.putInt((int) checksum.getValue()).array();
    }

    /** Reads a body. */
    static EpochRecord read(RecordType type, Fields fields) {
        EpochRecord record =
                switch (type) {
                    case HEADER -> EpochHeader.read(fields);
                    case BATCH -> EpochBatch.read(fields);
                    case CERTIFICATE -> EpochCertificate.read(fields);
                    case MEMBER -> EpochMember.read(fields);
                    case ROW -> EpochRow.read(fields);
                    case SUM -> EpochSum.read(fields);
                    case PART -> EpochPart.read(fields);
                };
        fields.end();
        return record;
    }
}
