package io.pbts.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class BencodeWriterTest {

    @Test
    void sortsKeysByTheirBytes() {
        assertThat(text(BencodeWriter.encodeToArray(Map.of(
                        "b", new BInteger(1), "aa", new BInteger(2), "é", new BInteger(3), "Z", new BInteger(4)))))
                .isEqualTo("d1:Zi4e2:aai2e1:bi1e2:\u00c3\u00a9i3ee");
    }

    @Test
    void writesNestedAndEmptyContainers() {
        BencodeValue value = BDictionary.of(
                Map.of("a", BList.of(BList.of(), BDictionary.of(Map.of())), "b", new BString(Bytes.EMPTY)));
        assertThat(text(BencodeWriter.encodeToArray(value))).isEqualTo("d1:alledee1:b0:e");
    }

    @Test
    void writesDeeperThanAnyStack() {
        BencodeValue value = BList.of();
        for (int i = 0; i < 200_000; i++) {
            value = BList.of(value);
        }
        assertThat(BencodeWriter.encode(value).size()).isEqualTo(2 * 200_001);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
