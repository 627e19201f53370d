package io.pbts.announce.wire.udp;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.PeerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Connection ids (BEP 15): proof that a client gets what is sent to its address, so that nobody makes a peer of somebody else
 * or a tracker's answers of somebody else's flood. Nothing is kept: the upper 16 bits say in which two minutes the id was
 * made, the lower 48 are a keyed hash of those and the address. An id is good for 8 to 10 minutes: BEP 15 asks for two from a
 * tracker, and some clients use one for five.
 */
public final class ConnectionIds {
    private static final long WINDOW = Duration.ofMinutes(2).toMillis();
    private static final int OLDEST = 4;
    private static final int STAMP_BITS = 16;
    private static final int PROOF_BITS = 48;
    private static final long PROOF = (1L << PROOF_BITS) - 1;

    private final Supplier<ConnectionIdKeys> keys;
    private final Clock clock;

    public ConnectionIds(Supplier<ConnectionIdKeys> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** An id for the client at this address. */
    public long issue(PeerAddress client) {
        return id(keys.get().functions().getFirst(), client, window());
    }

    /** Whether the id was made here or by a node with the same keys for this address, not too long ago. */
    public boolean isGood(long id, PeerAddress client) {
        long now = window();
        // a node whose clock is a little ahead may be in the next window already
        int age = (short) (now - (id >>> PROOF_BITS));
        if (age < -1 || age > OLDEST) {
            return false;
        }
        List<KeyedHash> functions = keys.get().functions();
        for (int i = 0; i < functions.size(); i++) {
            if (id == id(functions.get(i), client, now - age)) {
                return true;
            }
        }
        return false;
    }

    private static long id(KeyedHash function, PeerAddress client, long window) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < client.size(); i++) {
            high = (high << 8) | (low >>> 56);
            low = (low << 8) | (client.at(i) & 0xff);
        }
        long proof = function.of(high, low, window << 8 | client.size());
        return (window << (Long.SIZE - STAMP_BITS)) | (proof & PROOF);
    }

    private long window() {
        return Math.floorDiv(clock.millis(), WINDOW);
    }
}
