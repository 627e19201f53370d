package io.pbts.contract.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;

/** A key that lies encrypted on the disk, as other programs write it. */
class KeystoreTest {
    /** A key of go-ethereum's tests (accounts/keystore/testdata), password foobar. */
    private static final String GETH = """
            {"address":"7ef5a6135f1fd6a02593eedc869c6d41d934aef8","crypto":{"cipher":"aes-128-ctr",
            "ciphertext":"1d0839166e7a15b9c1333fc865d69858b22df26815ccf601b28219b6192974e1",
            "cipherparams":{"iv":"8df6caa7ff1b00c4e871f002cb7921ed"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":8,"p":16,"r":8,
            "salt":"e5e6ef3f4ea695f496b643ebd3f75c0aa58ef4070e90c80c5d3fb0241bf1595c"},
            "mac":"6d16dfde774845e4585357f24bce530528bc69f4f84e1e22880d34fa45c273e5"},
            "id":"950077c7-71e3-4c44-a4a1-143919141ed4","version":3}""";

    private static final Secret GETH_PASSWORD = Secret.of("foobar");
    private static final String GETH_KEY = "976f9f7772781ff6d1c93941129d417c49a209c674056a3cf5e27e225ee55fa8";

    /** The test vector of the Web3 Secret Storage definition for PBKDF2, password testpassword. */
    private static final String PBKDF2 = """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
            "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
            "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
            "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
            "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
            "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

    private static final String PBKDF2_KEY = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";
    private static final String PASSWORD = "four words and a number, 1861, of no meaning";
    private static final ECKeyPair MINE = ECKeyPair.create(BigInteger.valueOf(1_234_567_891L));
    private static final ECKeyPair OTHER = ECKeyPair.create(BigInteger.valueOf(1_234_567_892L));
    private static final long MAINNET = 1;

    @TempDir
    private Path folder;

    @Test
    void opensWhatGethWrites() {
        assertThat(keyIn(GETH, GETH_PASSWORD)).isEqualTo(GETH_KEY);
    }

    @Test
    void opensTheVectorOfTheDefinition() {
        assertThat(keyIn(PBKDF2, Secret.of("testpassword"))).isEqualTo(PBKDF2_KEY);
    }

    @Test
    void opensWhatEthersWrites() {
        String ethers = GETH.replace("\"crypto\"", "\"Crypto\"").replace("\"version\":3", """
                        "version":3,"x-ethers":{"client":"ethers/6.13.0","gethFilename":"UTC--2026","version":"0.1"}""");
        assertThat(keyIn(ethers, GETH_PASSWORD)).isEqualTo(GETH_KEY);
    }

    @Test
    void opensWhatWeb3jWrites() throws Exception {
        assertThat(keyIn(encrypted(MINE), Secret.of(PASSWORD))).isEqualTo("%064x".formatted(MINE.getPrivateKey()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "version":3    | "version":1      | version 3
            aes-128-ctr    | aes-256-gcm      | aes-128-ctr
            "kdf":"scrypt" | "kdf":"argon2id" | neither scrypt nor pbkdf2
            "r":8          | "r":100000000    | scrypt parameters
            "n":8          | "n":16777216     | rounds
            "n":8,"p":16   | "n":4194304,"p":1 | MiB
            "n":8,"p":16,"r":8 | "n":262144,"p":1,"r":1 | cannot be opened here
            1d0839166e     | 1d0839166f       | password does not open it
            7ef5a6135f     | 7ef5a6135e       | not that of its key
            {"address"     | ["address"       | not JSON
            "salt":"e5e6   | "salz":"e5e6     | form of a keystore
            """)
    void saysWhatIsWrongAndRepeatsNothing(String right, String wrong, String said) {
        assertThatExceptionOfType(UnusableSecret.class)
                .isThrownBy(() -> keyIn(GETH.replace(right, wrong), GETH_PASSWORD))
                .withMessageContaining(said)
                .withMessageNotContaining("foobar")
                .withMessageNotContaining("6d16dfde")
                .withNoCause();
    }

    @Test
    void aWrongPasswordIsNamedAndNotRepeated() {
        assertThatExceptionOfType(UnusableSecret.class)
                .isThrownBy(() -> keyIn(PBKDF2, Secret.of("another password")))
                .withMessageContaining("password does not open it")
                .withMessageNotContaining("another password");
    }

    @Test
    void aKeystoreThatWasEncryptedAnewIsFollowedAndAnotherAccountsIsNot() throws Exception {
        mount(encrypted(MINE), PASSWORD);
        try (var secrets = new MountedSecrets(folder, true)) {
            SettlerKey key = SettlerSecret.read("", secrets, MAINNET);
            assertThat(key.address().bytes().toHexString()).isEqualTo(addressOf(MINE));

            String next = "five other words and a number, 1862, and none of them meant";
            mount(encrypted(MINE, next), next);
            assertThat(secrets.look()).isTrue();
            mount(encrypted(OTHER, next), next);
            assertThat(secrets.look()).isTrue();
            assertThat(key.address().bytes().toHexString()).isEqualTo(addressOf(MINE));
        }
    }

    @Test
    void oneKeyInTwoPlacesOrHalfAKeystoreStopsTheStart() throws Exception {
        mount(encrypted(MINE), PASSWORD);
        try (var secrets = new MountedSecrets(folder, true)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SettlerSecret.read(GETH_KEY, secrets, MAINNET))
                    .withMessageContaining("two settler keys")
                    .withMessageNotContaining(GETH_KEY);
        }
        Files.delete(folder.resolve(SettlerSecret.PASSWORD));
        try (var secrets = new MountedSecrets(folder, true)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SettlerSecret.read("", secrets, MAINNET))
                    .withMessageContaining(SettlerSecret.PASSWORD);
        }
    }

    private void mount(String keystore, String password) throws IOException {
        Files.writeString(folder.resolve(SettlerSecret.KEYSTORE), keystore);
        Files.writeString(folder.resolve(SettlerSecret.PASSWORD), password + "\n");
    }

    private static String keyIn(String keystore, Secret password) {
        return "%064x"
                .formatted(Keystore.open(Secret.of(keystore), password)
                        .getEcKeyPair()
                        .getPrivateKey());
    }

    private static String encrypted(ECKeyPair key) throws Exception {
        return encrypted(key, PASSWORD);
    }

    private static String encrypted(ECKeyPair key, String password) throws Exception {
        return new ObjectMapper().writeValueAsString(Wallet.createLight(password, key));
    }

    private static String addressOf(ECKeyPair key) {
        return "0x" + org.web3j.crypto.Keys.getAddress(key);
    }
}
