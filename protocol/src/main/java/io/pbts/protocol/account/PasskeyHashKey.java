package io.pbts.protocol.account;

import io.pbts.protocol.hash.Hex;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.tuweni.bytes.Bytes32;

/** The secret under which passkeys are hashed (RFC 2104): whoever steals the table cannot try passkeys against it. */
public final class PasskeyHashKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * The key in its 32 bytes.
     *
     * @param key 32 random bytes
     */
    public PasskeyHashKey(Bytes32 key) {
        if (key.isZero()) {
            throw new IllegalArgumentException("a passkey key of zeros is a forgotten setting");
        }
        this.key = new SecretKeySpec(key.toArrayUnsafe(), ALGORITHM);
    }

    /** From 64 hexadecimal digits, as the secret file has them. */
    public static PasskeyHashKey fromHex(String hex) {
        return new PasskeyHashKey(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
    }

    PasskeyHash hash(byte[] passkey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return new PasskeyHash(Bytes32.wrap(mac.doFinal(passkey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
