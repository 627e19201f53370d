package io.pbts.agent.key;

import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.hash.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.UUID;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A BLS key encrypted in JSON, as validators of Ethereum keep theirs (EIP-2335, version 4). */
public final class BlsKeystore {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int VERSION = 4;

    private BlsKeystore() {}

    /** The keystore of a key, in JSON. */
    public static String encrypt(BlsSecretKey secret, Password password, SecureRandom random) {
        return encrypt(secret, password, random, KeyDerivation.fresh(random));
    }

    static String encrypt(BlsSecretKey secret, Password password, SecureRandom random, KeyDerivation derivation) {
        byte[] derived = derivation.derive(password.normalized());
        Bytes iv = Bytes.random(Aes128Ctr.IV_SIZE, random);
        Bytes message = Aes128Ctr.apply(derived, iv, secret.expose());
        ObjectNode keystore = JSON.createObjectNode();
        ObjectNode crypto = keystore.putObject("crypto");
        module(crypto, "kdf", derivation.function(), "", derivation::write);
        module(crypto, "checksum", "sha256", checksum(derived, message).toUnprefixedHexString(), _ -> {});
        module(
                crypto,
                "cipher",
                "aes-128-ctr",
                message.toUnprefixedHexString(),
                parameters -> parameters.put("iv", iv.toUnprefixedHexString()));
        keystore.put("description", "PBTS");
        keystore.put("pubkey", secret.publicKey().bytes().toUnprefixedHexString());
        keystore.put("path", "");
        keystore.put("uuid", UUID.randomUUID().toString());
        keystore.put("version", VERSION);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(keystore) + "\n";
    }

    private interface Parameters {
        void write(ObjectNode parameters);
    }

    private static void module(ObjectNode crypto, String name, String function, String message, Parameters values) {
        ObjectNode module = crypto.putObject(name);
        module.put("function", function);
        values.write(module.putObject("params"));
        module.put("message", message);
    }

    /** Proves the password without telling anything of the key. */
    private static Bytes checksum(byte[] derived, Bytes message) {
        return Sha256.hash(Bytes.wrap(derived, 16, 16), message);
    }

    /**
     * The key.
     *
     * @throws MalformedKeystore when it is none of this version, or its key is not the one it names
     */
    public static BlsSecretKey decrypt(String json, Password password) throws MalformedKeystore, WrongPassword {
        JsonNode keystore = read(json);
        Bytes secret = secret(keystore, password);
        if (secret.size() != BlsSecretKey.SIZE) {
            throw new MalformedKeystore("its secret is no BLS key");
        }
        BlsSecretKey key;
        try {
            key = BlsSecretKey.fromBytes(secret);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeystore("its secret is no BLS key");
        }
        if (!key.publicKey().equals(publicKey(json))) {
            throw new MalformedKeystore("its public key is not that of its secret");
        }
        return key;
    }

    /** The public key that the keystore names; needs no password. */
    public static BlsPublicKey publicKey(String json) throws MalformedKeystore {
        return BlsPublicKey.parse(Aes128Ctr.hex(read(json), "pubkey"))
                .orElseThrow(() -> new MalformedKeystore("its public key is none"));
    }

    private static JsonNode read(String json) throws MalformedKeystore {
        JsonNode keystore;
        try {
            keystore = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new MalformedKeystore("it is not JSON");
        }
        if (keystore.path("version").asInt(0) != VERSION) {
            throw new MalformedKeystore("it is not a keystore of version 4");
        }
        return keystore;
    }

    /** The bytes that are encrypted, whatever they are. */
    static Bytes secret(JsonNode keystore, Password password) throws MalformedKeystore, WrongPassword {
        JsonNode crypto = keystore.path("crypto");
        JsonNode cipher = crypto.path("cipher");
        JsonNode checksum = crypto.path("checksum");
        if (!cipher.path("function").asString("").equals("aes-128-ctr")
                || !checksum.path("function").asString("").equals("sha256")) {
            throw new MalformedKeystore("it is not encrypted by aes-128-ctr and checked by sha256");
        }
        JsonNode kdf = crypto.path("kdf");
        KeyDerivation derivation = KeyDerivation.read(kdf.path("function").asString(""), kdf.path("params"));
        Bytes iv = Aes128Ctr.hex(cipher.path("params"), "iv");
        if (iv.size() != Aes128Ctr.IV_SIZE) {
            throw new MalformedKeystore("its initial vector has not 16 bytes");
        }
        Bytes message = Aes128Ctr.hex(cipher, "message");
        byte[] derived = derivation.derive(password.normalized());
        byte[] stated = Aes128Ctr.hex(checksum, "message").toArrayUnsafe();
        if (!MessageDigest.isEqual(checksum(derived, message).toArrayUnsafe(), stated)) {
            throw new WrongPassword();
        }
        return Aes128Ctr.apply(derived, iv, message);
    }
}
