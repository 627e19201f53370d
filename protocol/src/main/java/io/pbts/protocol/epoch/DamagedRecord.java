package io.pbts.protocol.epoch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.tuweni.bytes.Bytes;

/**
 * A record whose checksum does not fit. A CRC is linear: what one changed byte does to it depends only on the change and on
 * how far from the end it is. So every such change that explains the difference is looked for, first with the length as it
 * stands, then with a length in which one byte is another. When there is exactly one, that byte is named.
 */
final class DamagedRecord {
    private static final int[] STEP = steps();

    private final byte[] bytes;
    private final long offset;

    /** One byte that would make the record whole again. */
    private record Repair(int place, int body) {}

    /**
     * A record.
     *
     * @param bytes from its first on, and whatever follows, as far as the largest record would go
     * @param offset of the first in the file
     */
    DamagedRecord(byte[] bytes, long offset) {
        this.bytes = bytes;
        this.offset = offset;
    }

    Finding finding() {
        List<Repair> repairs = new ArrayList<>();
        if (bytes.length >= EpochRecord.FRAME_HEAD) {
            addRepairsOfContent(repairs);
            addRepairsOfLength(repairs);
        }
        return repairs.size() == 1 ? exact(repairs.getFirst()) : vague();
    }

    private void addRepairsOfContent(List<Repair> repairs) {
        int body = statedBody();
        if (!fits(body)) {
            return;
        }
        int covered = EpochRecord.FRAME_HEAD + body;
        int difference = checksum(covered) ^ ByteBuffer.wrap(bytes).getInt(covered);
        for (int i = 0; i < EpochRecord.FRAME_TAIL; i++) {
            if ((difference & ~(0xff << (24 - 8 * i))) == 0) {
                repairs.add(new Repair(covered + i, body));
            }
        }
        int[] effects = new int[256];
        System.arraycopy(STEP, 0, effects, 0, effects.length);
        for (int place = covered - 1; place >= 0; place--) {
            boolean isOfLength = place > 0 && place < EpochRecord.FRAME_HEAD;
            for (int change = 1; change < effects.length; change++) {
                if (effects[change] == difference && !isOfLength) {
                    repairs.add(new Repair(place, body));
                }
                effects[change] = STEP[effects[change] & 0xff] ^ effects[change] >>> 8;
            }
        }
    }

    private void addRepairsOfLength(List<Repair> repairs) {
        for (int place = 1; place < EpochRecord.FRAME_HEAD; place++) {
            byte original = bytes[place];
            for (int value = 0; value < 256; value++) {
                bytes[place] = (byte) value;
                int body = statedBody();
                int covered = EpochRecord.FRAME_HEAD + body;
                if (bytes[place] != original
                        && fits(body)
                        && checksum(covered) == ByteBuffer.wrap(bytes).getInt(covered)) {
                    repairs.add(new Repair(place, body));
                }
            }
            bytes[place] = original;
        }
    }

    private Finding exact(Repair repair) {
        int covered = EpochRecord.FRAME_HEAD + repair.body();
        String field;
        if (repair.place() == 0) {
            field = "type of the record";
        } else if (repair.place() < EpochRecord.FRAME_HEAD) {
            field = "length of the record";
        } else if (repair.place() >= covered) {
            field = "checksum of the record";
        } else {
            field = field(repair);
        }
        return new Finding(offset + repair.place(), 1, part(), field, "is not what was written");
    }

    private String field(Repair repair) {
        Bytes body = Bytes.wrap(bytes, EpochRecord.FRAME_HEAD, repair.body());
        return RecordType.ofNumber(bytes[0])
                .map(type -> Fields.nameAt(type, body, repair.place() - EpochRecord.FRAME_HEAD))
                .orElse("body");
    }

    /** More than one byte is wrong, or the file ends here. */
    private Finding vague() {
        int body = bytes.length < EpochRecord.FRAME_HEAD ? Integer.MAX_VALUE : statedBody();
        return fits(body)
                ? new Finding(
                        offset,
                        EpochRecord.FRAME_HEAD + body + EpochRecord.FRAME_TAIL,
                        part(),
                        "",
                        "is not what was written, in more than one byte")
                : new Finding(offset, bytes.length, part(), "", "is cut off, or its length is not what was written");
    }

    private String part() {
        return RecordType.ofNumber(bytes[0]).map(RecordType::title).orElse("record");
    }

    private boolean fits(int body) {
        return body <= EpochRecord.MAX_BODY && EpochRecord.FRAME_HEAD + body + EpochRecord.FRAME_TAIL <= bytes.length;
    }

    private int statedBody() {
        return ByteBuffer.wrap(bytes).getInt(0) & 0xff_ffff;
    }

    private int checksum(int size) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, size);
        return (int) checksum.getValue();
    }

    /** What each byte does to the CRC-32C (Castagnoli, reflected) of nothing. */
    private static int[] steps() {
        int[] steps = new int[256];
        for (int value = 0; value < steps.length; value++) {
            int crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
            }
            steps[value] = crc;
        }
        return steps;
    }
}
