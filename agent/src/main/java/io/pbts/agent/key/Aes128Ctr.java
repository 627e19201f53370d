package io.pbts.agent.key;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;

/** AES-128 in counter mode, by which both kinds of keystores encrypt; backwards it is the same. */
final class Aes128Ctr {

    static final int IV_SIZE = 16;

    private static final int MAX_FIELD = 1024;

    private Aes128Ctr() {}

    /** The message under the first half of a derived key. */
    static Bytes apply(byte[] derived, Bytes iv, Bytes message) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(derived, 0, 16, "AES"),
                    new IvParameterSpec(iv.toArrayUnsafe()));
            return Bytes.wrap(cipher.doFinal(message.toArrayUnsafe()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    /** A value in hexadecimal, with or without 0x. */
    static Bytes hex(JsonNode parent, String field) throws MalformedKeystore {
        String text = parent.path(field).asString("");
        if (text.isEmpty() || text.length() > MAX_FIELD) {
            throw new MalformedKeystore("it has not the form of a keystore");
        }
        try {
            return Bytes.fromHexString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeystore("it has not the form of a keystore");
        }
    }
}
