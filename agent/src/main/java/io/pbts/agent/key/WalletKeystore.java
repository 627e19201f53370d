package io.pbts.agent.key;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Keccak256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A wallet's key encrypted in JSON, as geth and other wallets keep theirs (Web3 Secret Storage, version 3). */
public final class WalletKeystore {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int VERSION = 3;

    private WalletKeystore() {}

    /** A new key. */
    public static Bytes32 random(SecureRandom random) {
        Bytes32 secret = Bytes32.random(random);
        while (!isKey(secret)) {
            secret = Bytes32.random(random);
        }
        return secret;
    }

    /** Whether the bytes are a key of secp256k1. */
    public static boolean isKey(Bytes32 secret) {
        try {
            Secp256k1SecretKey.fromBytes(secret);
            return true;
        } catch (IllegalArgumentException outOfRange) {
            return false;
        }
    }

    /** The keystore of a key, in JSON. */
    public static String encrypt(Bytes32 secret, Password password, SecureRandom random) {
        KeyDerivation derivation = KeyDerivation.fresh(random);
        byte[] derived = derivation.derive(password.plain());
        Bytes iv = Bytes.random(Aes128Ctr.IV_SIZE, random);
        Bytes message = Aes128Ctr.apply(derived, iv, secret);
        ObjectNode keystore = JSON.createObjectNode();
        keystore.put(
                "address",
                Secp256k1SecretKey.fromBytes(secret).address().bytes().toUnprefixedHexString());
        ObjectNode crypto = keystore.putObject("crypto");
        crypto.put("cipher", "aes-128-ctr");
        crypto.put("ciphertext", message.toUnprefixedHexString());
        crypto.putObject("cipherparams").put("iv", iv.toUnprefixedHexString());
        crypto.put("kdf", derivation.function());
        derivation.write(crypto.putObject("kdfparams"));
        crypto.put("mac", mac(derived, message).toUnprefixedHexString());
        keystore.put("id", UUID.randomUUID().toString());
        keystore.put("version", VERSION);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(keystore) + "\n";
    }

    private static Bytes mac(byte[] derived, Bytes message) {
        return Keccak256.hash(Bytes.concatenate(Bytes.wrap(derived, 16, 16), message));
    }

    /**
     * The key.
     *
     * @throws MalformedKeystore when it is none of this version, or its key is not the one it names
     */
    public static Secp256k1SecretKey decrypt(String json, Password password) throws MalformedKeystore, WrongPassword {
        JsonNode keystore = read(json);
        // ethers writes it large
        JsonNode crypto = keystore.has("crypto") ? keystore.path("crypto") : keystore.path("Crypto");
        if (!crypto.path("cipher").asString("").equals("aes-128-ctr")) {
            throw new MalformedKeystore("its cipher is not aes-128-ctr");
        }
        String function = crypto.path("kdf").asString("").toLowerCase(Locale.ROOT);
        byte[] derived = KeyDerivation.read(function, crypto.path("kdfparams")).derive(password.plain());
        Bytes message = Aes128Ctr.hex(crypto, "ciphertext");
        Bytes iv = Aes128Ctr.hex(crypto.path("cipherparams"), "iv");
        byte[] stated = Aes128Ctr.hex(crypto, "mac").toArrayUnsafe();
        if (iv.size() != Aes128Ctr.IV_SIZE || message.size() != Bytes32.SIZE) {
            throw new MalformedKeystore("it has not the form of a keystore");
        }
        if (!MessageDigest.isEqual(mac(derived, message).toArrayUnsafe(), stated)) {
            throw new WrongPassword();
        }
        Secp256k1SecretKey key;
        try {
            key = Secp256k1SecretKey.fromBytes(Bytes32.wrap(Aes128Ctr.apply(derived, iv, message)));
        } catch (IllegalArgumentException e) {
            throw new MalformedKeystore("its secret is no key of a wallet");
        }
        if (keystore.has("address") && !key.address().equals(address(json))) {
            throw new MalformedKeystore("its address is not that of its key");
        }
        return key;
    }

    /** The address that the keystore names; needs no password. */
    public static EthereumAddress address(String json) throws MalformedKeystore {
        Bytes address = Aes128Ctr.hex(read(json), "address");
        if (address.size() != EthereumAddress.SIZE) {
            throw new MalformedKeystore("its address is none");
        }
        return EthereumAddress.parse(address.toHexString());
    }

    private static JsonNode read(String json) throws MalformedKeystore {
        JsonNode keystore;
        try {
            keystore = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new MalformedKeystore("it is not JSON");
        }
        if (keystore.path("version").asInt(0) != VERSION) {
            throw new MalformedKeystore("it is not a keystore of version 3");
        }
        return keystore;
    }
}
