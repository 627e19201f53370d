package io.pbts.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SignatureFormTest {

    /** Both are in rows and bodies of others: a change would tell them another form. */
    @Test
    void numbersAndNamesAreFinal() {
        assertThat(Stream.of(SignatureForm.values()).map(form -> form.number() + " " + form.wireName()))
                .containsExactly("1 single", "2 typed", "3 aggregate", "4 batch", "5 session");
    }

    @Test
    void areFoundByNumberAndName() {
        for (SignatureForm form : SignatureForm.values()) {
            assertThat(SignatureForm.ofNumber(form.number())).contains(form);
            assertThat(SignatureForm.ofWireName(form.wireName())).contains(form);
        }
        assertThat(SignatureForm.ofNumber(0)).isEmpty();
        assertThat(SignatureForm.ofNumber(6)).isEmpty();
        assertThat(SignatureForm.ofWireName("SINGLE")).isEmpty();
    }

    @Test
    void aSignatureOfOneReceiptIsItsOwnEvidence() {
        Bytes signature = Bytes.of(1, 2, 3);
        assertThat(Evidence.single(signature)).isEqualTo(new Evidence(SignatureForm.SINGLE, signature));
        assertThat(Evidence.typed(signature)).isEqualTo(new Evidence(SignatureForm.TYPED, signature));
    }
}
