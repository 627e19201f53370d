package io.pbts.receipt.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.apache.tuweni.bytes.Bytes32;

/** Certificates that were verified before, by fingerprint, within bounds: a session pays for one pairing, not one per report. */
final class VerifiedSessions {
    private final Set<Bytes32> fingerprints;

    VerifiedSessions(int most) {
        Cache<Bytes32, Boolean> cache = Caffeine.newBuilder().maximumSize(most).build();
        ConcurrentMap<Bytes32, Boolean> map = cache.asMap();
        this.fingerprints = Collections.newSetFromMap(map);
    }

    boolean contains(Bytes32 fingerprint) {
        return fingerprints.contains(fingerprint);
    }

    void add(Bytes32 fingerprint) {
        fingerprints.add(fingerprint);
    }
}
