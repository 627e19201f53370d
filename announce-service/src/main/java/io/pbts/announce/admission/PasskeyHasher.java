package io.pbts.announce.admission;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * HMAC-SHA-256 (RFC 2104) over the passkeys of one event loop: the same value as
 * {@link io.pbts.protocol.account.PasskeyHash}, from the bytes of the request. By hand, because {@code javax.crypto.Mac}
 * allocates at every use. Not thread-safe.
 */
public final class PasskeyHasher {
    /** Characters of a passkey, {@code [a-z2-7]}. */
    public static final int LENGTH = 32;

    private static final int BLOCK = 64;

    private final MessageDigest sha256;
    private final byte[] innerPad = new byte[BLOCK];
    private final byte[] outerPad = new byte[BLOCK];
    private final byte[] digest = new byte[32];
    private final HashedPasskey probe = new HashedPasskey();

    PasskeyHasher(String keyHex) {
        byte[] key = HexFormat.of().parseHex(keyHex);
        for (int i = 0; i < BLOCK; i++) {
            int part = i < key.length ? key[i] : 0;
            innerPad[i] = (byte) (part ^ 0x36);
            outerPad[i] = (byte) (part ^ 0x5c);
        }
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether these bytes can be a passkey. */
    public static boolean isPasskey(byte[] bytes, int from, int to) {
        if (to - from != LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte symbol = bytes[i];
            boolean letter = symbol >= 'a' && symbol <= 'z';
            boolean digit = symbol >= '2' && symbol <= '7';
            if (!letter && !digit) {
                return false;
            }
        }
        return true;
    }

    /** The hash of the passkey that starts here; valid until the next call. */
    public HashedPasskey hash(byte[] bytes, int from) {
        try {
            sha256.update(innerPad);
            sha256.update(bytes, from, LENGTH);
            sha256.digest(digest, 0, digest.length);
            sha256.update(outerPad);
            sha256.update(digest);
            sha256.digest(digest, 0, digest.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        probe.read(digest);
        return probe;
    }
}
