package io.pbts.announce.passkey;

import io.pbts.protocol.account.PasskeyHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PasskeyHash} as four longs. Can be overwritten, so that one probe serves all announces of an event loop; whoever
 * keeps one keeps a {@link #copy()}.
 */
public final class HashedPasskey {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private long first;
    private long second;
    private long third;
    private long fourth;

    public static HashedPasskey of(PasskeyHash hash) {
        var hashed = new HashedPasskey();
        hashed.read(hash.bytes().toArrayUnsafe());
        return hashed;
    }

    void read(byte[] hash) {
        first = (long) LONG.get(hash, 0);
        second = (long) LONG.get(hash, 8);
        third = (long) LONG.get(hash, 16);
        fourth = (long) LONG.get(hash, 24);
    }

    public HashedPasskey copy() {
        var copy = new HashedPasskey();
        copy.first = first;
        copy.second = second;
        copy.third = third;
        copy.fourth = fourth;
        return copy;
    }

    /** Lower case, as services name passkeys to each other. */
    public String hex() {
        return "%016x%016x%016x%016x".formatted(first, second, third, fourth);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashedPasskey that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return hex();
    }
}
