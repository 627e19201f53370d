package io.pbts.protocol.crypto;

import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A BLS signature, or the sum of several: exactly 96 compressed bytes, in the subgroup of G2, not infinity. */
public final class BlsSignature {

    public static final int SIZE = 96;

    private final Bytes bytes;
    private final Bls.SignaturePoint point;

    /** @param bytes the point's, owned by nobody else */
    private BlsSignature(Bytes bytes, Bls.SignaturePoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    /**
     * The signature in its 96 bytes.
     *
     * @throws MalformedPointException when the bytes are no such point
     */
    public static BlsSignature of(Bytes bytes) {
        Bytes own = Bytes.wrap(bytes.toArray());
        return new BlsSignature(own, Bls.decodeSignature(own));
    }

    /** A point that was computed from others in the subgroup, with its bytes. */
    static BlsSignature computed(Bytes bytes, Bls.SignaturePoint point) {
        return new BlsSignature(bytes, point);
    }

    /** Empty when the bytes are no such point. */
    public static Optional<BlsSignature> parse(Bytes bytes) {
        try {
            return Optional.of(of(bytes));
        } catch (MalformedPointException e) {
            return Optional.empty();
        }
    }

    public Bytes bytes() {
        return bytes;
    }

    Bls.SignaturePoint point() {
        return point;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlsSignature that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** Signatures are not for logs. */
    @Override
    public String toString() {
        return "BlsSignature[" + bytes.slice(0, 4).toUnprefixedHexString() + "...]";
    }
}
