package io.pbts.agent.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that lie encrypted on the disk, here and in other programs. */
class KeystoreTest {
    /** The test vectors of EIP-2335 with the function and its parameters left open; the password is in mathematical letters. */
    private static final String EIP_2335 = """
            {"crypto":{"kdf":{"function":"%s","params":{"dklen":32,%s,
            "salt":"d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"},"message":""},
            "checksum":{"function":"sha256","params":{},"message":"%s"},
            "cipher":{"function":"aes-128-ctr","params":{"iv":"264daa3f303d7259501c93d997d84fe6"},"message":"%s"}},
            "pubkey":"9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07",
            "path":"m/12381/60/0/0","uuid":"64625def-3331-4eea-ab6f-782f3ed16a83","version":4}""";

    private static final String SCRYPT = EIP_2335.formatted(
            "scrypt",
            "\"n\":262144,\"p\":1,\"r\":8",
            "d2217fe5f3e9a1e34581ef8a78f7c9928e436d36dacc5e846690a5581e8ea484",
            "06ae90d55fe0a6e9c5c3bc5b170827b2e5cce3929ed3f116c2811e6366dfe20f");
    private static final String PBKDF2 = EIP_2335.formatted(
            "pbkdf2",
            "\"c\":262144,\"prf\":\"hmac-sha256\"",
            "8a9f5d9912ed7e75ea794bc5a89bca5f193721d30868ade6f73043c6ea6febf1",
            "cee03fde2af33149775b7223e7845e4fb2c8ae1792e5f99fe9ecf474cc8c16ad");
    private static final Password MATHEMATICAL = Password.of("𝔱𝔢𝔰𝔱𝔭𝔞𝔰𝔰𝔴𝔬𝔯𝔡🔑");
    private static final String EIP_SECRET = "0x000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

    /** A key of go-ethereum's tests (accounts/keystore/testdata), password foobar. */
    private static final String GETH = """
            {"address":"7ef5a6135f1fd6a02593eedc869c6d41d934aef8","crypto":{"cipher":"aes-128-ctr",
            "ciphertext":"1d0839166e7a15b9c1333fc865d69858b22df26815ccf601b28219b6192974e1",
            "cipherparams":{"iv":"8df6caa7ff1b00c4e871f002cb7921ed"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":8,"p":16,"r":8,
            "salt":"e5e6ef3f4ea695f496b643ebd3f75c0aa58ef4070e90c80c5d3fb0241bf1595c"},
            "mac":"6d16dfde774845e4585357f24bce530528bc69f4f84e1e22880d34fa45c273e5"},
            "id":"950077c7-71e3-4c44-a4a1-143919141ed4","version":3}""";

    private static final Password PASSWORD = Password.of("four words and a number");
    private final SecureRandom random = new SecureRandom();

    @Test
    void opensTheVectorsOfTheEip() throws Exception {
        for (String keystore : new String[] {SCRYPT, PBKDF2}) {
            BlsSecretKey key = BlsKeystore.decrypt(keystore, MATHEMATICAL);
            assertThat(key.expose()).isEqualTo(Bytes.fromHexString(EIP_SECRET));
        }
    }

    @Test
    void normalizesPasswordsAsTheEipSays() {
        assertThat(Bytes.wrap(MATHEMATICAL.normalized()))
                .isEqualTo(Bytes.fromHexString("0x7465737470617373776f7264f09f9491"));
        assertThat(Password.of("a\u0007b\u007fc\u0085d").normalized())
                .isEqualTo("abcd".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aBlsKeyComesBackWithItsPasswordAndWithNoOther() throws Exception {
        BlsSecretKey key = BlsSecretKey.random(random);
        String keystore = BlsKeystore.encrypt(key, PASSWORD, random);
        assertThat(keystore)
                .doesNotContain(key.expose().toUnprefixedHexString())
                .contains(key.publicKey().bytes().toUnprefixedHexString());
        assertThat(BlsKeystore.decrypt(keystore, PASSWORD).expose()).isEqualTo(key.expose());
        assertThatExceptionOfType(WrongPassword.class)
                .isThrownBy(() -> BlsKeystore.decrypt(keystore, Password.of("another")));
    }

    @Test
    void opensAWalletThatGethWrote() throws Exception {
        Secp256k1SecretKey key = WalletKeystore.decrypt(GETH, Password.of("foobar"));
        assertThat(key.address()).isEqualTo(WalletKeystore.address(GETH));
        assertThatExceptionOfType(WrongPassword.class)
                .isThrownBy(() -> WalletKeystore.decrypt(GETH, Password.of("foobaz")));
    }

    @Test
    void aWalletsKeyComesBackWithItsPassword() throws Exception {
        Bytes32 secret = WalletKeystore.random(random);
        String keystore = WalletKeystore.encrypt(secret, PASSWORD, random);
        assertThat(keystore).doesNotContain(secret.toUnprefixedHexString());
        assertThat(WalletKeystore.decrypt(keystore, PASSWORD).address())
                .isEqualTo(Secp256k1SecretKey.fromBytes(secret).address());
    }

    @Test
    void aKeyUnderAnotherNameIsRefused() {
        String renamed = GETH.replace("7ef5a613", "7ef5a614");
        assertThatExceptionOfType(MalformedKeystore.class)
                .isThrownBy(() -> WalletKeystore.decrypt(renamed, Password.of("foobar")))
                .withMessageContaining("address");
    }

    @Test
    void derivationsThatCostTooMuchAreNotBegun() {
        for (String cost : new String[] {"\"n\":1073741824", "\"n\":262143", "\"n\":0", "\"n\":-1"}) {
            assertThatExceptionOfType(MalformedKeystore.class)
                    .isThrownBy(() -> BlsKeystore.decrypt(SCRYPT.replace("\"n\":262144", cost), MATHEMATICAL));
        }
        assertThatExceptionOfType(MalformedKeystore.class)
                .isThrownBy(() -> BlsKeystore.decrypt(PBKDF2.replace("\"c\":262144", "\"c\":99999999"), MATHEMATICAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\":4}",
                "{\"version\":4,\"crypto\":{}}",
                "{\"version\":3,\"crypto\":7}"
            })
    void whatIsNoKeystoreIsSaidToBeNone(String text) {
        assertThatExceptionOfType(MalformedKeystore.class).isThrownBy(() -> BlsKeystore.decrypt(text, PASSWORD));
        assertThatExceptionOfType(MalformedKeystore.class).isThrownBy(() -> WalletKeystore.decrypt(text, PASSWORD));
    }
}
