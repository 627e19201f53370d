package io.pbts.announce.suspicion;

import java.time.Instant;
import java.util.Map;

/**
 * An account with its signals.
 *
 * @param counts how often each kind was seen since this process began, or since the account was last forgotten
 * @param infoHash of the last signal's swarm, 40 hexadecimal digits
 * @param bytes what the last signal claimed, 0 when it is not about bytes
 */
record Suspect(
        long accountId, String userId, Map<Kind, Long> counts, Instant at, Kind last, String infoHash, long bytes) {
    Suspect {
        counts = Map.copyOf(counts);
    }
}
