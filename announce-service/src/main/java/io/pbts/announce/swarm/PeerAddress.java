package io.pbts.announce.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a peer is, 4 or 16 bytes. An IPv4-mapped IPv6 address is the IPv4 address (RFC 4291 2.5.5.2). */
public final class PeerAddress {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final byte[] bytes;

    private PeerAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From 4 or 16 bytes in network order. */
    public static PeerAddress ofBytes(byte[] bytes) {
        if (bytes.length == 16 && Arrays.equals(bytes, 0, 12, MAPPED, 0, 12)) {
            return new PeerAddress(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("not an address: " + bytes.length + " bytes");
        }
        return new PeerAddress(bytes.clone());
    }

    public static PeerAddress of(InetAddress address) {
        return ofBytes(address.getAddress());
    }

    /** 4 or 16. */
    public int size() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
