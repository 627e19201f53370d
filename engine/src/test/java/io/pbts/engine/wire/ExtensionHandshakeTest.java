package io.pbts.engine.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.bencode.BInteger;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class ExtensionHandshakeTest {

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(US_ASCII));
    }

    @Test
    void writesNumbersForNames() {
        assertThat(ExtensionHandshake.encode(List.of("pbts_receipt", "other"), Map.of("reqq", new BInteger(9))))
                .isEqualTo(ascii("d1:md5:otheri2e12:pbts_receipti1ee4:reqqi9ee"));
    }

    @Test
    void understandsTheNestedNamesOfTheOriginals() {
        Bytes golden = ascii(
                "d1:md4:pbtsd7:receipti1e13:receipt_batchi2e15:request_receipti3eee" + "1:pi6881e1:v10:PBTS 0.1.0e");
        assertThat(ExtensionHandshake.decode(golden).orElseThrow().ids())
                .isEqualTo(Map.of("pbts:receipt", 1, "pbts:receipt_batch", 2, "pbts:request_receipt", 3));
    }

    @Test
    void leavesOutWhatIsSwitchedOffOrNoNumberOfAMessage() {
        Bytes said = ascii("d1:md1:ai0e1:bi256e1:ci-1e1:dle1:ei7ee4:reqqi-5e11:upload_onlyi1ee");
        ExtensionHandshake read = ExtensionHandshake.decode(said).orElseThrow();
        assertThat(read.ids()).isEqualTo(Map.of("e", 7));
        assertThat(read.requestQueue()).isEmpty();
        assertThat(read.uploadOnly()).isTrue();
    }
}
