package io.pbts.announce.tracker;

import io.pbts.announce.accounting.Claim;
import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.tracker.text.QueryCursor;
import io.pbts.announce.tracker.text.Target;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything one request at a time needs, made once per event loop and used again and again. What differs between the
 * protocols is how a request is read and how its answer is written. Not thread-safe.
 */
public abstract sealed class Exchange permits HttpExchange, DatagramExchange, SocketExchange {
    private final Target target = new Target();
    private final QueryCursor query = new QueryCursor();
    private final AnnounceRequest announce = new AnnounceRequest();
    private final Credentials credentials = new Credentials();
    private final ScrapeRequest scrape;
    private final Selection selection;
    private final Claim claim = new Claim();
    private final PasskeyHasher hasher;
    private final PasskeyLimit limit;
    private final SplittableRandom random;
    private final Swarms swarms;
    private @Nullable PeerAddress client;

    Exchange(Means means) {
        scrape = new ScrapeRequest(means.maxScrapeHashes());
        selection = new Selection(means.maxPeers(), means.random().split());
        hasher = means.hasher();
        limit = means.limit();
        random = means.random();
        swarms = means.swarms();
    }

    /** What every exchange is made from. */
    record Means(
            int maxScrapeHashes,
            int maxPeers,
            PasskeyHasher hasher,
            PasskeyLimit limit,
            SplittableRandom random,
            Swarms swarms) {}

    /** Looks at what is asked for, and forgets the request before. */
    abstract Target.Kind read();

    /** Finds out who is named in a URL that says nothing else, from 0 up to its length. */
    final void readCaller(byte[] url, int length) {
        target.read(url, 0, length);
        beginQuery(url, length);
        while (query.advance()) {
            var _ = credentials.take(query);
        }
    }

    /** Takes the caller from the path that was read; the pairs of the query, which ends there, are next. */
    final void beginQuery(byte[] bytes, int to) {
        credentials.over(bytes, target);
        query.over(bytes, target.queryFrom(), to);
    }

    final Target target() {
        return target;
    }

    final QueryCursor query() {
        return query;
    }

    /** Reads the request as an announce: what it says, and who is named in it. */
    abstract AnnounceRequest readAnnounce();

    /** Reads the request as a scrape: what it asks for, and who is named in it. */
    abstract ScrapeRequest readScrape();

    /** The hashes of the scrape that was read last, in the order that the answer needs. */
    abstract List<byte[]> scraped();

    /** Where its peers are. */
    Swarms swarms() {
        return swarms;
    }

    /** Where the answer goes. */
    abstract Answers answers();

    /** The most peers that an answer can carry to this client, whatever is configured. */
    abstract int mostPeers();

    /** Whether the swarms found somebody for this announce to be told of. */
    boolean showsPeers() {
        return selection.ipv4Peers() + selection.ipv6Peers() > 0;
    }

    /** What to run when a request that had to wait can be served; null when it may not wait. */
    abstract @Nullable Runnable continuation();

    final void from(@Nullable PeerAddress address) {
        client = address;
    }

    final @Nullable PeerAddress client() {
        return client;
    }

    final Credentials credentials() {
        return credentials;
    }

    final AnnounceRequest announce() {
        return announce;
    }

    final ScrapeRequest scrape() {
        return scrape;
    }

    final Selection selection() {
        return selection;
    }

    /** What the announce adds to its peer's counters. */
    final Claim claim() {
        return claim;
    }

    final PasskeyHasher hasher() {
        return hasher;
    }

    /** Whether the passkey that the request names, if any, may be used once more now. */
    final boolean isWithinLimit() {
        return !credentials.hasKey() || limit.admits(credentials.bytes(), credentials.from());
    }

    /** Up to a tenth more than given, so that clients that came together do not come back together. */
    final int jittered(int seconds) {
        return seconds + random.nextInt(seconds / 10 + 1);
    }
}
