package io.pbts.announce.swarm;

import java.security.SecureRandom;

/**
 * SipHash-1-3 (Aumasson, Bernstein: "SipHash", 2012) of 24 bytes under a secret of this process. Info hashes and addresses
 * are chosen by clients: without a secret somebody could aim a million of them at one shard or one bucket.
 */
public final class KeyedHash implements SwarmKey.Function {
    private final long key0;
    private final long key1;

    public KeyedHash(SecureRandom random) {
        this(random.nextLong(), random.nextLong());
    }

    public KeyedHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    @Override
    public long of(long first, long second, long third) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int round = 0; round < 7; round++) {
            long word = word(round, first, second, third);
            v3 ^= word;
            v2 ^= round == 4 ? 0xff : 0;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Three words of input, the length in the top byte of a fourth, then three rounds of finalisation over nothing. */
    private static long word(int round, long first, long second, long third) {
        return switch (round) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> 24L << 56;
            default -> 0;
        };
    }
}
