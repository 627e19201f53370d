package io.pbts.protocol.account;

import java.util.Arrays;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * A public key as receipts and the registry name it. Says nothing yet about the point behind it: a BLS key becomes one
 * that verifies only by way of {@code BlsPublicKey}, which checks the curve.
 */
public sealed interface AccountKey {

    /** The kinds of keys. The number is what receipts sign, the name what services write. */
    enum Kind {
        BLS(1, 48, "bls"),
        ADDRESS(2, 20, "address");

        private final int number;
        private final int size;
        private final String wireName;

        Kind(int number, int size, String wireName) {
            this.number = number;
            this.size = size;
            this.wireName = wireName;
        }

        public int number() {
            return number;
        }

        /** Bytes of a key of this kind. */
        public int size() {
            return size;
        }

        public String wireName() {
            return wireName;
        }

        public static Optional<Kind> ofWireName(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(name))
                    .findFirst();
        }
    }

    Kind kind();

    /** The key's own bytes, unpadded: 48 or 20. */
    Bytes bytes();

    /** The identity on chain of an account whose first key this is. */
    default ChainAccount chainAccount() {
        return ChainAccount.ofFirstKey(this);
    }

    /** A BLS12-381 public key in its compressed form. */
    record Bls(Bytes bytes) implements AccountKey {

        public static final int SIZE = 48;

        public Bls {
            if (bytes.size() != SIZE) {
                throw new IllegalArgumentException("not a compressed BLS public key: " + bytes.size() + " bytes");
            }
            bytes = bytes.copy();
        }

        @Override
        public Kind kind() {
            return Kind.BLS;
        }
    }

    /** A secp256k1 key, known by its address. */
    record Wallet(EthereumAddress address) implements AccountKey {

        @Override
        public Kind kind() {
            return Kind.ADDRESS;
        }

        @Override
        public Bytes bytes() {
            return address.bytes();
        }
    }

    static AccountKey of(Kind kind, Bytes bytes) {
        return switch (kind) {
            case BLS -> new Bls(bytes);
            case ADDRESS -> new Wallet(new EthereumAddress(bytes));
        };
    }
}
