package io.pbts.protocol.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {

    private static final MessageDigest FRESH = fresh();

    private Sha256() {}

    /** The digest of the parts as if they were one string of bytes. */
    public static Bytes32 hash(Bytes... parts) {
        MessageDigest digest = digest();
        for (Bytes part : parts) {
            part.update(digest);
        }
        return Bytes32.wrap(digest.digest());
    }

    /** A copy, because looking the algorithm up for each row showed in profiles. */
    private static MessageDigest digest() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
