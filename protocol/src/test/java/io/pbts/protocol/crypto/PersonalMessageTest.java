package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Secp256k1.Recovery;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

class PersonalMessageTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 31, 32, 33, 99, 100, 320, 4096})
    void hashesEveryLengthAsWeb3jDoes(int length) {
        Bytes bytes = Bytes.repeat((byte) 'a', length);
        assertThat(new PersonalMessage(bytes).digest())
                .isEqualTo(Bytes32.wrap(Sign.getEthereumMessageHash(bytes.toArray())));
    }

    @Test
    void takesATextByItsUtf8BytesAndNotItsCharacters() {
        PersonalMessage message = PersonalMessage.of("gr\u00fc\u00dfe");
        assertThat(message.bytes().size()).isEqualTo(7);
        assertThat(message.prefixed().slice(26, 1)).isEqualTo(Bytes.of('7'));
        assertThat(message.digest())
                .isEqualTo(
                        Bytes32.wrap(Sign.getEthereumMessageHash(message.bytes().toArray())));
    }

    @Test
    void thirtyTwoBytesAreWhatAReceiptSigns() {
        Bytes32 hash = Bytes32.leftPad(Bytes.of(5));
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(7)));
        assertThat(new PersonalMessage(hash).digest()).isEqualTo(Secp256k1.personalDigest(hash));
        assertThat(Secp256k1.recover(new PersonalMessage(hash), key.signPersonal(hash)))
                .isEqualTo(new Recovery.Signer(key.address()));
    }
}
