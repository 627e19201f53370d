package io.pbts.announce.tracker;

import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import org.jspecify.annotations.Nullable;

/** How a protocol says what the tracker has to say. Each answer begins anew. */
interface Answers {

    /**
     * Peers and counts.
     *
     * @param client where the request came from
     * @param warning what the client should show its user beside them, printable ASCII
     */
    void announce(
            AnnounceRequest request,
            Selection found,
            PeerAddress client,
            int intervalSeconds,
            @Nullable String warning);

    /** Why there is no answer, printable ASCII, and when to ask again. */
    void failure(String reason, int retrySeconds);

    /** As {@link #failure}, and not to come back sooner, whatever the user clicks on. */
    void refusal(String reason, int retrySeconds);

    /** Begins the answer to a scrape; then come its swarms, then {@link #endScrape()}. */
    void beginScrape();

    void swarm(byte[] hash, SwarmCounts counts);

    void endScrape();
}
