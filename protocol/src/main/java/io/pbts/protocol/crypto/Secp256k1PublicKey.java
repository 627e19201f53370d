package io.pbts.protocol.crypto;

import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A secp256k1 public key in its one spelling: exactly 33 compressed bytes, 0x02 or 0x03 and the abscissa of a point on the
 * curve. Keeps the decoded point, whose square root costs a part of a verification.
 */
public final class Secp256k1PublicKey {

    public static final int SIZE = 33;

    private final Bytes bytes;
    private final Bytes uncompressed;

    private Secp256k1PublicKey(Bytes bytes) {
        this.bytes = Bytes.wrap(bytes.toArray());
        this.uncompressed = decode(this.bytes);
    }

    /**
     * The key in its 33 bytes.
     *
     * @throws MalformedPointException when the bytes are no such point
     */
    public static Secp256k1PublicKey of(Bytes bytes) {
        return new Secp256k1PublicKey(bytes);
    }

    /** Empty when the bytes are no such point. */
    public static Optional<Secp256k1PublicKey> parse(Bytes bytes) {
        try {
            return Optional.of(of(bytes));
        } catch (MalformedPointException e) {
            return Optional.empty();
        }
    }

    public Bytes bytes() {
        return bytes;
    }

    /** 0x04 and the two coordinates. */
    Bytes uncompressed() {
        return uncompressed;
    }

    /** Of 65 bytes the library would also take the uncompressed and the hybrid forms. */
    private static Bytes decode(Bytes compressed) {
        if (compressed.size() != SIZE) {
            throw new MalformedPointException("expected " + SIZE + " bytes, not " + compressed.size());
        }
        return LibSecp256k1.decompress(compressed)
                .orElseThrow(() -> new MalformedPointException("not a point on the curve"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secp256k1PublicKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return bytes.toUnprefixedHexString();
    }
}
