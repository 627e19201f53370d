package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class Ed25519Test {

    /** RFC 8032, section 7.1, test 2. */
    private static final Ed25519SecretKey SECRET = new Ed25519SecretKey(
            Bytes32.fromHexString("0x4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

    private static final Bytes MESSAGE = Bytes.of(0x72);
    private static final Bytes SIGNATURE = Bytes.fromHexString(
            "0x92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    @Test
    void signsAsRfc8032Does() {
        assertThat(SECRET.publicKey().hex())
                .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assertThat(SECRET.sign(MESSAGE)).isEqualTo(SIGNATURE);
    }

    @Test
    void verifiesThatMessageAndSignatureOnly() {
        Ed25519PublicKey key = SECRET.publicKey();
        assertThat(key.verifies(MESSAGE, SIGNATURE)).isTrue();
        assertThat(key.verifies(Bytes.of(0x73), SIGNATURE)).isFalse();
        assertThat(key.verifies(Bytes.EMPTY, SIGNATURE)).isFalse();
        assertThat(new Ed25519SecretKey(Bytes32.leftPad(Bytes.of(1)))
                        .publicKey()
                        .verifies(MESSAGE, SIGNATURE))
                .isFalse();
        for (int bit = 0; bit < 512; bit++) {
            Bytes other = SIGNATURE.xor(Bytes.repeat((byte) 0, 64).or(oneBit(bit)));
            assertThat(key.verifies(MESSAGE, other)).isFalse();
        }
    }

    @Test
    void whatHasAnotherSizeVerifiesNothing() {
        Ed25519PublicKey key = SECRET.publicKey();
        assertThat(key.verifies(MESSAGE, SIGNATURE.slice(0, 63))).isFalse();
        assertThat(key.verifies(MESSAGE, Bytes.concatenate(SIGNATURE, Bytes.of(0))))
                .isFalse();
        assertThat(key.verifies(MESSAGE, Bytes.EMPTY)).isFalse();
    }

    @Test
    void aKeyThatIsNoPointVerifiesNothing() {
        assertThat(new Ed25519PublicKey(Bytes32.repeat((byte) 0xff)).verifies(MESSAGE, SIGNATURE))
                .isFalse();
        assertThat(new Ed25519PublicKey(Bytes32.ZERO).verifies(MESSAGE, Bytes.repeat((byte) 0, 64)))
                .isFalse();
    }

    @Test
    void aForgottenSeedIsRefusedAndNoSeedIsPrinted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ed25519SecretKey(Bytes32.ZERO));
        assertThat(SECRET).hasToString("[REDACTED]");
    }

    private static Bytes oneBit(int bit) {
        byte[] bytes = new byte[64];
        bytes[bit / 8] = (byte) (1 << bit % 8);
        return Bytes.wrap(bytes);
    }
}
