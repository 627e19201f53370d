package io.pbts.protocol.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class BDictionaryTest {

    private final BDictionary dictionary = BDictionary.of(Map.of(
            "text", BString.of("été"),
            "bytes", new BString(Bytes.of(0xc3)),
            "number", new BInteger(7),
            "list", BList.of(),
            "inner", BDictionary.of(Map.of())));

    @Test
    void givesAValueOnlyAsTheTypeItHas() {
        assertThat(dictionary.text("text")).contains("été");
        assertThat(dictionary.string("bytes")).contains(Bytes.of(0xc3));
        assertThat(dictionary.integer("number")).contains(7L);
        assertThat(dictionary.list("list")).isPresent();
        assertThat(dictionary.dictionary("inner")).isPresent();
        assertThat(dictionary.text("bytes")).isEmpty();
        assertThat(dictionary.text("number")).isEmpty();
        assertThat(dictionary.string("list")).isEmpty();
        assertThat(dictionary.integer("text")).isEmpty();
        assertThat(dictionary.list("inner")).isEmpty();
        assertThat(dictionary.dictionary("number")).isEmpty();
        assertThat(dictionary.get("absent")).isEmpty();
    }

    @Test
    void hasNoRawBytesUnlessItWasDecoded() throws BencodeException {
        assertThat(dictionary.raw("number")).isEmpty();
        BDictionary decoded =
                (BDictionary) BencodeDecoder.decode(BencodeWriter.encode(dictionary), BencodeLimits.MESSAGE);
        assertThat(decoded).isEqualTo(dictionary).hasSameHashCodeAs(dictionary);
        assertThat(decoded.raw("number")).contains(Bytes.fromHexString("0x693765"));
    }

    @Test
    void takesKeysThatAreNoText() {
        BDictionary files = BDictionary.ofBytes(Map.of(Bytes.of(0xff), new BInteger(1), Bytes.of(0), new BInteger(2)));
        assertThat(files.entries()).extracting(BDictionary.Entry::key).containsExactly(Bytes.of(0), Bytes.of(0xff));
        assertThat(files.get(Bytes.of(0xff))).contains(new BInteger(1));
    }
}
