package io.pbts.agent.key;

import io.pbts.protocol.crypto.BlsSecretKey;
import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes;

/** Keystores that open at once, so that a test of something else does not wait for scrypt. */
public final class CheapKeystores {
    private static final SecureRandom RANDOM = new SecureRandom();

    private CheapKeystores() {}

    /** A new BLS key behind one round of PBKDF2. */
    public static String bls(String password) {
        return BlsKeystore.encrypt(
                BlsSecretKey.random(RANDOM),
                Password.of(password),
                RANDOM,
                new KeyDerivation.Pbkdf2(Bytes.random(32, RANDOM), 1));
    }
}
