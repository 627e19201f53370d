package io.pbts.announce.swarm;

import io.pbts.protocol.torrent.InfoHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The 20 bytes under which peers meet: a v1 info hash, or a v2 one cut short (BEP 52). Can be overwritten, so that one
 * probe serves all announces of an event loop; whoever keeps one keeps a {@link #copy()}.
 */
public final class SwarmKey implements Comparable<SwarmKey> {
    public static final int SIZE = 20;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** A hash of 24 bytes. */
    public interface Function {
        long of(long first, long second, long third);
    }

    private long first;
    private long second;
    private int third;

    /** The swarm that clients of this torrent announce to. */
    public static SwarmKey of(InfoHash hash) {
        var key = new SwarmKey();
        key.read(hash.truncated().toArrayUnsafe(), 0);
        return key;
    }

    /** From 20 bytes. */
    public static SwarmKey ofBytes(byte[] bytes) {
        var key = new SwarmKey();
        key.read(bytes, 0);
        return key;
    }

    /** Overwrites this key with the 20 bytes from this offset on. */
    public void read(byte[] bytes, int offset) {
        first = (long) LONG.get(bytes, offset);
        second = (long) LONG.get(bytes, offset + 8);
        third = (int) INT.get(bytes, offset + 16);
    }

    /** The 20 bytes. */
    public byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        LONG.set(bytes, 0, first);
        LONG.set(bytes, 8, second);
        INT.set(bytes, 16, third);
        return bytes;
    }

    public SwarmKey copy() {
        var copy = new SwarmKey();
        copy.first = first;
        copy.second = second;
        copy.third = third;
        return copy;
    }

    /** The key under a hash function with a secret: info hashes are chosen by clients. */
    public long hash(Function function) {
        return function.of(first, second, third);
    }

    @Override
    public int compareTo(SwarmKey other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        return order == 0 ? Integer.compareUnsigned(third, other.third) : order;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SwarmKey that && first == that.first && second == that.second && third == that.third;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first * 31 + second) * 31 + third;
    }

    @Override
    public String toString() {
        return "%016x%016x%08x".formatted(first, second, third);
    }
}
