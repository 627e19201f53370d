package io.pbts.protocol.torrent;

import java.util.Optional;

/** The two generations of BitTorrent hashes. The number is what receipts sign. */
public enum HashKind {
    /** SHA-1 of the info dictionary and of each piece (BEP 3). */
    V1(1, 20),
    /** SHA-256 of the info dictionary, Merkle roots of pieces (BEP 52). */
    V2(2, 32);

    private final int number;
    private final int size;

    HashKind(int number, int size) {
        this.number = number;
        this.size = size;
    }

    /** The kind as one byte of signed bytes. */
    public int number() {
        return number;
    }

    /** Bytes of a hash of this kind. */
    public int size() {
        return size;
    }

    /** The kind whose hashes have this many bytes. */
    public static Optional<HashKind> ofSize(int size) {
        if (size == V1.size) {
            return Optional.of(V1);
        }
        return size == V2.size ? Optional.of(V2) : Optional.empty();
    }
}
