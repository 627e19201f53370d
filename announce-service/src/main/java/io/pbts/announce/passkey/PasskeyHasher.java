package io.pbts.announce.passkey;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.function.Supplier;

/**
 * HMAC-SHA-256 (RFC 2104) over the passkeys of one event loop: the same value as
 * {@link io.pbts.protocol.account.PasskeyHash}, from the bytes of the request. By hand, because {@code javax.crypto.Mac}
 * allocates at every use. Follows the keys as they are rotated. Not thread-safe.
 */
public final class PasskeyHasher {
    /** Characters of a passkey, {@code [a-z2-7]}. */
    public static final int LENGTH = 32;

    private static final int BLOCK = 64;

    private final MessageDigest sha256;
    private final Supplier<PasskeyKeys> current;
    private final byte[] digest = new byte[32];
    private final HashedPasskey probe = new HashedPasskey();
    private PasskeyKeys keys;
    private byte[][] innerPads;
    private byte[][] outerPads;

    /** Takes the keys, asked for at every passkey. */
    public PasskeyHasher(Supplier<PasskeyKeys> current) {
        this.current = current;
        keys = current.get();
        innerPads = pads(keys, 0x36);
        outerPads = pads(keys, 0x5c);
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

    /** How many keys a passkey is to be looked for under, from now until this is asked again. */
    public int candidates() {
        PasskeyKeys now = current.get();
        if (now != keys) {
            keys = now;
            innerPads = pads(now, 0x36);
            outerPads = pads(now, 0x5c);
        }
        return innerPads.length;
    }

    /** The hash under one of the keys of the passkey that starts here; valid until the next call. */
    public HashedPasskey hash(int candidate, byte[] bytes, int from) {
        try {
            sha256.update(innerPads[candidate]);
            sha256.update(bytes, from, LENGTH);
            sha256.digest(digest, 0, digest.length);
            sha256.update(outerPads[candidate]);
            sha256.update(digest);
            sha256.digest(digest, 0, digest.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        probe.read(digest);
        return probe;
    }

    private static byte[][] pads(PasskeyKeys keys, int symbol) {
        byte[][] pads = new byte[keys.count()][BLOCK];
        for (int i = 0; i < pads.length; i++) {
            byte[] key = keys.key(i);
            for (int at = 0; at < BLOCK; at++) {
                pads[i][at] = (byte) ((at < key.length ? key[at] : 0) ^ symbol);
            }
        }
        return pads;
    }
}
