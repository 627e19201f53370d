package io.pbts.announce.accounting;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.KeyedHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What each peer last said that it had uploaded and downloaded. A peer is an account, a swarm and a peer id, wherever it
 * announces from: a client that announces over both address families, or twice, is counted once. Known by 64 bits of a hash
 * under a secret of this process.
 */
final class PeerCounters {
    private static final int SHARDS = 64;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final KeyedHash hash;
    private final CounterShard[] shards;

    PeerCounters(KeyedHash hash, int most, Duration keepFor) {
        this.hash = hash;
        shards = IntStream.range(0, SHARDS)
                .mapToObj(_ -> new CounterShard(Math.ceilDiv(most, SHARDS), (int) keepFor.toSeconds()))
                .toArray(CounterShard[]::new);
    }

    /** Follows the counters of the peer, and claims what they add; {@code now} in seconds. */
    void announce(Announcement peer, long up, long down, int now, Claim claim) {
        long key = keyOf(peer);
        shards[(int) key & (SHARDS - 1)].announce(key, up, down, now, claim);
    }

    int size() {
        return IntStream.range(0, SHARDS).map(i -> shards[i].entries()).sum();
    }

    private long keyOf(Announcement peer) {
        byte[] id = peer.peerId();
        long swarm = peer.swarm().hash(hash);
        long first = hash.of(swarm, (long) LONG.get(id, 0), (long) LONG.get(id, 8));
        long key = hash.of(first, (int) INT.get(id, 16), peer.account());
        return key == 0 ? 1 : key;
    }
}
