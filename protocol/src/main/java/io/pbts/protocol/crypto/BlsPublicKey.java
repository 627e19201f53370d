package io.pbts.protocol.crypto;

import io.pbts.protocol.account.AccountKey;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A BLS12-381 public key that passed KeyValidate: exactly 48 compressed bytes, on the curve, in the subgroup, not
 * infinity. Keeps the decoded point, because the check costs more than adding a message to a batch.
 */
public final class BlsPublicKey {

    public static final int SIZE = 48;

    private final Bytes bytes;
    private final Bls.KeyPoint point;

    private BlsPublicKey(Bytes bytes) {
        this.bytes = Bytes.wrap(bytes.toArray());
        this.point = Bls.decodeKey(this.bytes);
    }

    /**
     * The key in its 48 bytes.
     *
     * @throws MalformedPointException when KeyValidate refuses the bytes
     */
    public static BlsPublicKey of(Bytes bytes) {
        return new BlsPublicKey(bytes);
    }

    /**
     * The key in its 48 bytes.
     *
     * @throws MalformedPointException when KeyValidate refuses the bytes
     */
    public static BlsPublicKey of(AccountKey.Bls key) {
        return new BlsPublicKey(key.bytes());
    }

    /** Empty when KeyValidate refuses the bytes. */
    public static Optional<BlsPublicKey> parse(Bytes bytes) {
        try {
            return Optional.of(of(bytes));
        } catch (MalformedPointException e) {
            return Optional.empty();
        }
    }

    public Bytes bytes() {
        return bytes;
    }

    public AccountKey.Bls accountKey() {
        return new AccountKey.Bls(bytes);
    }

    Bls.KeyPoint point() {
        return point;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlsPublicKey that && bytes.equals(that.bytes);
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
