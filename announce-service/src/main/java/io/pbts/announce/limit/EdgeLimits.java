package io.pbts.announce.limit;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.PeerAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** What is left to each client. Clients are known by a hash under a secret of this process, their addresses and passkeys are not kept. */
public final class EdgeLimits implements PasskeyLimit {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int NETWORK_BYTES = 8;

    private final KeyedHash hash;
    private final RateTable addresses;
    private final RateTable passkeys;
    private final ConnectionCounts connections;

    EdgeLimits(LimitProperties properties, SecureRandom random, long nanoTime) {
        hash = new KeyedHash(random);
        addresses = new RateTable(properties.entries(), properties.addressRate(), properties.addressBurst(), nanoTime);
        passkeys = new RateTable(properties.entries(), properties.passkeyRate(), properties.passkeyBurst(), nanoTime);
        connections = new ConnectionCounts(properties.entries(), properties.connections());
    }

    /** By which a client is known: an IPv4 address, or the /64 that an IPv6 host has to itself (RFC 4291 2.5.4). */
    public long clientAt(PeerAddress address) {
        long network = 0;
        for (int i = 0; i < Math.min(address.size(), NETWORK_BYTES); i++) {
            network = (network << 8) | (address.at(i) & 0xff);
        }
        return hash.of(network, address.size(), 0);
    }

    /** Whether this client may send one more request now; if so, it is counted. */
    public boolean admitsRequest(long client, long nanoTime) {
        return addresses.take(client, nanoTime);
    }

    @Override
    public boolean admits(byte[] bytes, int from) {
        long first = hash.of(
                (long) LONG.get(bytes, from), (long) LONG.get(bytes, from + 8), (long) LONG.get(bytes, from + 16));
        return passkeys.take(hash.of(first, (long) LONG.get(bytes, from + 24), 0), System.nanoTime());
    }

    /** Bytes of the tables, whatever happens. */
    public long size() {
        return addresses.size() + passkeys.size() + connections.size();
    }

    boolean enter(long client) {
        return connections.enter(client);
    }

    void leave(long client) {
        connections.leave(client);
    }
}
