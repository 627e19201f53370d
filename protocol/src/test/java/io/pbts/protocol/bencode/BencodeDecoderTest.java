package io.pbts.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeDecoderTest {

    private static final BencodeLimits SMALL = new BencodeLimits(64, 4, 8);

    @Test
    void readsEveryTypeOfValue() throws BencodeException {
        assertThat(decode("d4:listli-7e0:e6:number i0e".replace(" ", "") + "e"))
                .isEqualTo(BDictionary.of(Map.of(
                        "list", BList.of(new BInteger(-7), new BString(Bytes.EMPTY)), "number", new BInteger(0))));
    }

    @Test
    void keepsBytesThatAreNoText() throws BencodeException {
        BencodeValue value = BencodeDecoder.decode(new byte[] {'2', ':', (byte) 0xff, 0}, BencodeLimits.MESSAGE);
        assertThat(value).isEqualTo(new BString(Bytes.of(0xff, 0)));
        assertThat(((BString) value).text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsEverySixtyFourBitInteger(long number) throws BencodeException {
        assertThat(decode("i" + number + "e")).isEqualTo(new BInteger(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | 0 | ends early",
                "x                        | 0 | expected a value",
                "e                        | 0 | expected a value",
                "i                        | 1 | ends early",
                "ie                       | 0 | malformed number",
                "i-e                      | 0 | malformed number",
                "i-0e                     | 0 | negative zero",
                "i00e                     | 0 | leading zero",
                "i-01e                    | 0 | leading zero",
                "i01e                     | 0 | leading zero",
                "i+1e                     | 0 | malformed number",
                "i1.5e                    | 0 | malformed number",
                "i1                       | 2 | ends early",
                "i9223372036854775808e    | 0 | out of 64 bits",
                "i-9223372036854775809e   | 0 | malformed number",
                "i9999999999999999999e    | 0 | malformed number",
                "i10000000000000000000e   | 0 | more than 19 digits",
                "1                        | 1 | ends early",
                "1:                       | 0 | longer than the message",
                "5:abcd                   | 0 | longer than the message",
                "01:a                     | 0 | leading zero",
                "-1:a                     | 0 | expected a value",
                "9223372036854775808:a    | 0 | longer than the message",
                "1a                       | 0 | malformed number",
                "l                        | 1 | ends early",
                "li1e                     | 4 | ends early",
                "d                        | 1 | ends early",
                "di1ei2ee                 | 1 | expected a value",
                "d1:ae                    | 4 | key without a value",
                "d1:b0:1:a0:e             | 6 | not ascending",
                "d1:a0:1:a0:e             | 6 | not ascending",
                "d2:aa0:1:a0:e            | 7 | not ascending",
                "d1:ali1e1:b0:e           | 14 | ends early",
                "i1ei2e                   | 3 | bytes after the value",
                "0:x                      | 2 | bytes after the value",
            })
    void refusesEveryOtherSpellingAndSaysWhere(String input, int position, String reason) {
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> decode(input))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }

    @Test
    void sortsKeysAsBytesAndNotAsNumbers() throws BencodeException {
        assertThat(decode("d1:b0:2:aa0:e".replace("1:b0:2:aa0:", "2:aa0:1:b0:")))
                .isInstanceOf(BDictionary.class);
        byte[] highByteLast = "d1:a0:1:\u00ff0:e".getBytes(ISO_8859_1);
        assertThat(decodeBytes(highByteLast)).isInstanceOf(BDictionary.class);
    }

    @Test
    void takesAsManyLevelsAsAllowedAndNoneMore() throws BencodeException {
        assertThat(decode("llll" + "eeee", SMALL)).isInstanceOf(BList.class);
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> decode("lllll" + "eeeee", SMALL))
                .withMessage("nested deeper than 4 at byte 4");
    }

    @Test
    void survivesMegabytesOfOpenLists() {
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> decode("l".repeat(5 << 20), BencodeLimits.METAINFO))
                .withMessageContaining("nested deeper than 32");
    }

    @Test
    void takesAsManyValuesAsAllowedAndNoneMore() throws BencodeException {
        assertThat(decode("l" + "0:".repeat(7) + "e", SMALL)).isInstanceOf(BList.class);
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> decode("l" + "0:".repeat(8) + "e", SMALL))
                .withMessageContaining("more than 8 values");
    }

    @Test
    void takesAsManyBytesAsAllowedAndNoneMore() throws BencodeException {
        assertThat(decode("61:" + "x".repeat(61), SMALL)).isInstanceOf(BString.class);
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> decode("62:" + "x".repeat(62), SMALL))
                .withMessageContaining("more than 64 bytes");
    }

    @Test
    void stillKnowsTheBytesOfAValue() throws BencodeException {
        BDictionary root = (BDictionary) decode("d1:ai1e4:infod1:xl1:yee1:z0:e");
        assertThat(root.raw("info")).contains(Bytes.wrap("d1:xl1:yee".getBytes(ISO_8859_1)));
        assertThat(root.raw("a")).contains(Bytes.wrap("i1e".getBytes(ISO_8859_1)));
        assertThat(root.raw("z")).contains(Bytes.wrap("0:".getBytes(ISO_8859_1)));
        assertThat(root.raw("absent")).isEmpty();
        assertThat(root.dictionary("info").orElseThrow().raw("x")).contains(Bytes.wrap("l1:ye".getBytes(ISO_8859_1)));
    }

    private static BencodeValue decode(String input) throws BencodeException {
        return decode(input, BencodeLimits.MESSAGE);
    }

    private static BencodeValue decode(String input, BencodeLimits limits) throws BencodeException {
        return BencodeDecoder.decode(input.getBytes(ISO_8859_1), limits);
    }

    private static BencodeValue decodeBytes(byte[] input) throws BencodeException {
        return BencodeDecoder.decode(input, BencodeLimits.MESSAGE);
    }
}
