package io.pbts.agent.key;

import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How 32 bytes come from a password, as both kinds of keystores describe it. What costs too much is refused. */
sealed interface KeyDerivation {

    /** Bytes of a derived key: half of it encrypts, half of it tells whether the password was right. */
    int LENGTH = 32;

    int MAX_COST = 1 << 20;
    int MAX_ROUNDS = 16_777_216;

    byte[] derive(byte[] password);

    /** Name of the function in a keystore. */
    String function();

    void write(ObjectNode parameters);

    /** RFC 7914. */
    record Scrypt(Bytes salt, int n, int r, int p) implements KeyDerivation {

        @Override
        public byte[] derive(byte[] password) {
            return SCrypt.generate(password, salt.toArrayUnsafe(), n, r, p, LENGTH);
        }

        @Override
        public String function() {
            return "scrypt";
        }

        @Override
        public void write(ObjectNode parameters) {
            parameters.put("dklen", LENGTH);
            parameters.put("n", n);
            parameters.put("r", r);
            parameters.put("p", p);
            parameters.put("salt", salt.toUnprefixedHexString());
        }
    }

    /** RFC 8018 with HMAC-SHA-256. */
    record Pbkdf2(Bytes salt, int rounds) implements KeyDerivation {

        @Override
        public byte[] derive(byte[] password) {
            PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(password, salt.toArrayUnsafe(), rounds);
            return ((KeyParameter) generator.generateDerivedMacParameters(LENGTH * 8)).getKey();
        }

        @Override
        public String function() {
            return "pbkdf2";
        }

        @Override
        public void write(ObjectNode parameters) {
            parameters.put("dklen", LENGTH);
            parameters.put("c", rounds);
            parameters.put("prf", "hmac-sha256");
            parameters.put("salt", salt.toUnprefixedHexString());
        }
    }

    /** For new keystores: scrypt with 64 MiB, which takes some tenths of a second. */
    static KeyDerivation fresh(SecureRandom random) {
        return new Scrypt(Bytes.random(32, random), 1 << 16, 8, 1);
    }

    static KeyDerivation read(String function, JsonNode parameters) throws MalformedKeystore {
        require(parameters.path("dklen").asInt(0) == LENGTH, "its derived key has not 32 bytes");
        Bytes salt = Aes128Ctr.hex(parameters, "salt");
        switch (function) {
            case "scrypt" -> {
                int n = parameters.path("n").asInt(0);
                int r = parameters.path("r").asInt(0);
                int p = parameters.path("p").asInt(0);
                require(n > 1 && Integer.bitCount(n) == 1 && r > 0 && p > 0, "its scrypt parameters are none");
                require(
                        n <= MAX_COST && r <= 32 && p <= 32 && (long) n * r <= MAX_COST * 8L,
                        "its scrypt costs too much");
                requireMemory(128L * n * r);
                require(r > 1 || n < 1 << 16, "its scrypt parameters are none");
                return new Scrypt(salt, n, r, p);
            }
            case "pbkdf2" -> {
                int rounds = parameters.path("c").asInt(0);
                require(rounds > 0 && rounds <= MAX_ROUNDS, "its number of rounds is none that is done here");
                require(
                        parameters.path("prf").asString("").equals("hmac-sha256"),
                        "its pseudo-random function is not hmac-sha256");
                return new Pbkdf2(salt, rounds);
            }
            default -> throw new MalformedKeystore("its key derivation is neither scrypt nor pbkdf2");
        }
    }

    private static void requireMemory(long bytes) throws MalformedKeystore {
        long heap = Runtime.getRuntime().maxMemory();
        require(
                bytes <= heap * 2 / 3,
                "its scrypt takes %d MiB and this process has %d MiB of heap (JAVA_TOOL_OPTIONS=-Xmx...)"
                        .formatted(bytes >> 20, heap >> 20));
    }

    private static void require(boolean holds, String otherwise) throws MalformedKeystore {
        if (!holds) {
            throw new MalformedKeystore(otherwise);
        }
    }
}
