package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key in the encrypted form that geth, ethers and web3j write (Web3 Secret Storage, version 3: aes-128-ctr with scrypt or
 * PBKDF2). No message here repeats anything of it.
 */
final class Keystore {
    private static final int VERSION = 3;
    private static final long BYTES_PER_UNIT = 128; // RFC 7914: scrypt takes 128 * n * r bytes
    private static final long MOST_ROUNDS = 16_777_216;
    private static final long ONE_BLOCK_LIMIT = 65_536; // RFC 7914: n < 2^(128 * r / 8)

    private final JsonNode json;
    private final Secret file;

    private Keystore(JsonNode json, Secret file) {
        this.json = json;
        this.file = file;
    }

    /** @throws UnusableSecret when it is no keystore that can be opened here, or not by this password */
    static Credentials open(Secret file, Secret password) {
        try {
            return new Keystore(JsonMapper.shared().readTree(file.reveal()), file).open(password);
        } catch (JacksonException notJson) {
            throw new UnusableSecret("it is not JSON");
        }
    }

    private Credentials open(Secret password) {
        requireReadable();
        Credentials credentials;
        try {
            credentials = WalletUtils.loadJsonCredentials(password.reveal(), file.reveal());
        } catch (CipherException refused) {
            throw new UnusableSecret("the password does not open it");
        } catch (IOException | RuntimeException malformed) {
            throw new UnusableSecret("it has not the form of a keystore");
        }
        requireItsOwnAddress(EthereumAddress.parse(credentials.getAddress()));
        return credentials;
    }

    private void requireReadable() {
        if (json.path("version").asInt(0) != VERSION) {
            throw new UnusableSecret("it is not a keystore of version 3");
        }
        JsonNode crypto = json.has("crypto") ? json.path("crypto") : json.path("Crypto"); // ethers writes it large
        if (!Objects.equals(crypto.path("cipher").asString(""), "aes-128-ctr")) {
            throw new UnusableSecret("its cipher is not aes-128-ctr");
        }
        JsonNode parameters = crypto.path("kdfparams");
        switch (crypto.path("kdf").asString("").toLowerCase(Locale.ROOT)) {
            case "scrypt" -> requireAffordable(parameters);
            case "pbkdf2" -> requireRounds(parameters.path("c").asLong(0));
            default -> throw new UnusableSecret("its key derivation is neither scrypt nor pbkdf2");
        }
    }

    /** Standard scrypt of geth takes 256 MiB, which a small heap does not have: said before it is tried. */
    private static void requireAffordable(JsonNode parameters) {
        long n = parameters.path("n").asLong(0);
        long r = parameters.path("r").asLong(0);
        long p = parameters.path("p").asLong(0);
        if (n < 2 || r < 1 || p < 1 || n > MOST_ROUNDS || r > MOST_ROUNDS || p > MOST_ROUNDS) {
            throw new UnusableSecret("its scrypt parameters are none");
        }
        requireRounds(Math.multiplyExact(n, p));
        if (r == 1 && n >= ONE_BLOCK_LIMIT) {
            throw new UnusableSecret("its scrypt (n %d, r 1) cannot be opened here: with r 1 n is below %d"
                    .formatted(n, ONE_BLOCK_LIMIT));
        }
        long bytes = Math.multiplyExact(BYTES_PER_UNIT * n, r);
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap / 2) {
            throw new UnusableSecret(
                    "its scrypt (n %d, r %d) takes %d MiB and this process has %d MiB of heap: give it more (JAVA_TOOL_OPTIONS=-Xmx...), or write the keystore with light scrypt (n 4096)"
                            .formatted(n, r, bytes >> 20, heap >> 20));
        }
    }

    private static void requireRounds(long rounds) {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new UnusableSecret(
                    "its key derivation takes %d rounds, at most %d are done".formatted(rounds, MOST_ROUNDS));
        }
    }

    private void requireItsOwnAddress(EthereumAddress address) {
        String stated = json.path("address").asString("");
        if (stated.isEmpty()) {
            return;
        }
        String hex = stated.startsWith("0x") ? stated.substring(2) : stated;
        if (!address.bytes().toUnprefixedHexString().equals(hex.toLowerCase(Locale.ROOT))) {
            throw new UnusableSecret("its address is not that of its key");
        }
    }
}
