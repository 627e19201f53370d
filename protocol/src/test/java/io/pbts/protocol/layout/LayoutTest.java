package io.pbts.protocol.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Fields of fixed width: what is written comes back, and nothing is written or read past an end. */
class LayoutTest {

    private static final Bytes WRITTEN = new FixedWidth(26)
            .ascii("TAG")
            .u8(0xfe)
            .u32(0xfffffffdL)
            .u64(Long.MAX_VALUE)
            .bytes(Bytes.of(1, 2))
            .leftPadded(Bytes.of(3, 4), 8)
            .complete();

    @Test
    void fieldsStandOneAfterTheOtherBigEndianAndPaddedOnTheLeft() {
        assertThat(WRITTEN.toUnprefixedHexString()).isEqualTo("544147fefffffffd7fffffffffffffff01020000000000000304");
    }

    @Test
    void whatIsWrittenComesBack() {
        var fields = new FieldReader(WRITTEN);
        fields.ascii("TAG");
        assertThat(fields.u8()).isEqualTo(0xfe);
        assertThat(fields.u32()).isEqualTo(0xfffffffdL);
        assertThat(fields.u63()).isEqualTo(Long.MAX_VALUE);
        assertThat(fields.u16()).isEqualTo(0x0102);
        assertThat(fields.bytes(8)).isEqualTo(Bytes.of(0, 0, 0, 0, 0, 0, 3, 4));
        fields.end();
    }

    @Test
    void aRecordEndsNeitherEarlyNorLate() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new FixedWidth(3).u8(1).complete())
                .withMessage("2 bytes are missing");
        assertThatThrownBy(() -> new FixedWidth(3).u32(1)).isInstanceOf(BufferOverflowException.class);
        assertThatThrownBy(() -> new FixedWidth(8).leftPadded(Bytes.of(1, 2, 3), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReaderSaysWhereTheBytesEnd() {
        var fields = new FieldReader(Bytes.of(1, 2, 3));
        assertThat(fields.u8()).isOne();
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(fields::u32)
                .withMessage("ends at byte 3, in the middle of a field");
        assertThat(fields.u16()).isEqualTo(0x0203);
        fields.end();
    }

    @Test
    void aReaderRefusesWhatFollowsAnotherTagAndNumbersOfTheUpperHalf() {
        var two = new FieldReader(Bytes.of(1, 2, 3));
        assertThat(two.u8()).isOne();
        assertThatExceptionOfType(LayoutException.class).isThrownBy(two::end).withMessage("2 bytes too many");
        assertThat(new FieldReader(Bytes.repeat((byte) 0, 8)).u63()).isZero();
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(() -> new FieldReader(Bytes.of('T', 'A', 'C')).ascii("TAG"))
                .withMessage("does not begin with TAG");
        var fields = new FieldReader(Bytes.fromHexString("0x008000000000000000"));
        assertThat(fields.u8()).isZero();
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(fields::u63)
                .withMessage("a number of 64 bits at byte 1");
    }

    @Test
    void whatWasReadDoesNotChangeWithTheBytesItCameFrom() {
        byte[] source = {1, 2, 3};
        Bytes read = new FieldReader(Bytes.wrap(source)).bytes(2);
        source[0] = 9;
        assertThat(read).isEqualTo(Bytes.of(1, 2));
    }
}
