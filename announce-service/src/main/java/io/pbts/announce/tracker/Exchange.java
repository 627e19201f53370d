package io.pbts.announce.tracker;

import io.pbts.announce.accounting.Claim;
import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.swarm.Swarms.Patience;
import io.pbts.announce.swarm.Swarms.Taken;
import io.pbts.announce.swarm.Swarms.Waiter;
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
    private static final Patience IMPATIENT = () -> null;

    private final Target target = new Target();
    private final QueryCursor query = new QueryCursor();
    private final AnnounceRequest announce = new AnnounceRequest();
    private final Credentials credentials = new Credentials();
    private final ScrapeRequest scrape;
    private final Selection selection;
    private final Claim claim = new Claim();
    private final SwarmKey peerKey = new SwarmKey();
    private final PasskeyHasher hasher;
    private final PasskeyLimit limit;
    private final SplittableRandom random;
    private final Swarms swarms;
    private final RequestCounts.Row counts;
    private final Patience patience = this::waitForFinding;
    private @Nullable PeerAddress client;
    private @Nullable Finding finding;
    private boolean resumed;
    private boolean waiting;

    Exchange(Means means) {
        scrape = new ScrapeRequest(means.maxScrapeHashes());
        selection = new Selection(means.maxPeers(), means.random().split());
        hasher = means.hasher();
        limit = means.limit();
        random = means.random();
        swarms = means.swarms();
        counts = means.counts();
    }

    /** What every exchange is made from. */
    record Means(
            int maxScrapeHashes,
            int maxPeers,
            PasskeyHasher hasher,
            PasskeyLimit limit,
            SplittableRandom random,
            Swarms swarms,
            RequestCounts.Row counts) {}

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

    /** How a request is served again that has to wait; null when it may not wait. */
    abstract @Nullable Continuation continuation();

    /** The request has waited, and is served again with what was found for it, if that is what it waited for. */
    public final void resumed(@Nullable Finding found) {
        resumed = true;
        finding = found;
    }

    /** The request is done with, or could not be served at all. Once for each. */
    public final void count(Outcome outcome) {
        counts.count(outcome);
    }

    /** Whether the request is served for the second time. */
    final boolean isResumed() {
        return resumed;
    }

    /** Whether somebody is being asked about the swarms, so that the request will be served again. */
    final boolean isWaiting() {
        return waiting;
    }

    /** Lets the swarms take the announce, or fills the selection with what they found for it meanwhile. */
    final Taken announceToSwarms() {
        Finding found = finding;
        return found == null ? swarms().announce(announce.announcement(), selection, patience) : found.fill(selection);
    }

    /** Tells the swarms what nobody waits for. */
    final void tellSwarms() {
        if (swarms().announce(announce.announcement(), selection, IMPATIENT) != Taken.DONE) {
            selection.clear();
        }
    }

    /** The counts of these swarms; null when they come later, or cannot be had. */
    final @Nullable List<SwarmCounts> countsOf(List<SwarmKey> keys) {
        Finding found = finding;
        return found == null ? swarms().counts(keys, patience) : found.counts();
    }

    private @Nullable Waiter waitForFinding() {
        Continuation continuation = continuation();
        waiting = continuation != null;
        return continuation == null ? null : continuation::resume;
    }

    /** A new request begins, of this client. */
    final void from(@Nullable PeerAddress address) {
        client = address;
        begin();
    }

    /** Forgets what the request before waited for. */
    final void begin() {
        resumed = false;
        finding = null;
        waiting = false;
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

    /** The peer id of the announce, to look it up; until the next one. */
    final SwarmKey peerKey() {
        peerKey.read(announce.announcement().peerId(), 0);
        return peerKey;
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
        return resumed || !credentials.hasKey() || limit.admits(credentials.bytes(), credentials.from());
    }

    /** Up to a tenth more than given, so that clients that came together do not come back together. */
    final int jittered(int seconds) {
        return seconds + random.nextInt(seconds / 10 + 1);
    }
}
