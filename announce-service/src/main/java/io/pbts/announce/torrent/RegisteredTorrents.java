package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The swarms that registered, enabled torrents open, as announces ask for them: in memory, without a lock. */
public final class RegisteredTorrents {
    private final Set<SwarmKey> keys = ConcurrentHashMap.newKeySet();

    public boolean contains(SwarmKey key) {
        return keys.contains(key);
    }

    /** The key must not change afterwards. */
    void open(SwarmKey key) {
        keys.add(key);
    }

    void close(SwarmKey key) {
        keys.remove(key);
    }
}
