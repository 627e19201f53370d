package io.pbts.announce.suspicion;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.PeerAddress;

/**
 * About how many addresses each account had today, in 64 bits an account (linear counting; Whang, Vander-Zanden, Taylor 1990).
 * In arrays of a fixed size: of two accounts in one place the later counts anew. No address can be read from it.
 */
final class AddressSketch {
    private static final int NETWORK_BYTES = 8;
    private static final int BITS = 64;

    private final KeyedHash hash;
    private final long[] accounts;
    private final long[] seen;
    private final int[] days;

    AddressSketch(KeyedHash hash, int places) {
        this.hash = hash;
        accounts = new long[places];
        seen = new long[places];
        days = new int[places];
    }

    /** Whether this address is the one by which the account's number of today passes {@code most}. */
    boolean exceeds(int most, long account, PeerAddress address, int day) {
        long bit = 1L << (hash.of(networkOf(address), account, day) & (BITS - 1));
        int place = (int) Math.floorMod(account, (long) accounts.length);
        synchronized (this) {
            if (accounts[place] != account || days[place] != day) {
                accounts[place] = account;
                days[place] = day;
                seen[place] = 0;
            }
            long before = seen[place];
            seen[place] = before | bit;
            return (before & bit) == 0 && estimate(before) <= most && estimate(seen[place]) > most;
        }
    }

    private static long estimate(long bits) {
        int free = Math.max(1, BITS - Long.bitCount(bits));
        return Math.round(-BITS * Math.log((double) free / BITS));
    }

    private static long networkOf(PeerAddress address) {
        long network = address.size();
        for (int i = 0; i < Math.min(address.size(), NETWORK_BYTES); i++) {
            network = (network << 8) | (address.at(i) & 0xff);
        }
        return network;
    }
}
