package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmKey;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The swarms of registered torrents, as announces ask for them: in memory, without a lock. */
public final class RegisteredTorrents {
    private final ConcurrentHashMap<SwarmKey, Listing> listings = new ConcurrentHashMap<>();

    /**
     * How a registered torrent stands.
     *
     * @param changedIn the transaction that made it so; an older one does not undo a newer one
     * @param refusal what a client is told instead of peers, printable ASCII; null when its torrent is served
     * @param forNow whether that may change soon, so that clients should ask again soon
     */
    public record Listing(long changedIn, @Nullable String refusal, boolean forNow) {}

    /** Null when no such torrent is registered. */
    public @Nullable Listing find(SwarmKey swarm) {
        return listings.get(swarm);
    }

    /** Whether the swarm's torrent is registered and may not be served. */
    public boolean refuses(SwarmKey swarm) {
        Listing listing = listings.get(swarm);
        return listing != null && listing.refusal() != null;
    }

    /** The key must not change afterwards. */
    void apply(SwarmKey swarm, Listing listing) {
        listings.merge(swarm, listing, (known, told) -> told.changedIn() < known.changedIn() ? known : told);
    }
}
