package io.pbts.announce.tracker;

import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Everything one request at a time needs, made once per event loop and used again and again. Not thread-safe. */
public final class Exchange {
    private final Target target = new Target();
    private final QueryCursor query = new QueryCursor();
    private final Credentials credentials = new Credentials();
    private final AnnounceRequest announce = new AnnounceRequest();
    private final BencodeOutput body = new BencodeOutput();
    private final ScrapeRequest scrape;
    private final Selection selection;
    private final PasskeyHasher hasher;
    private final PasskeyLimit limit;
    private final SplittableRandom random;
    private byte[] bytes = {};
    private int from;
    private int to;
    private @Nullable PeerAddress client;
    private @Nullable Runnable continuation;

    Exchange(
            ScrapeRequest scrape,
            Selection selection,
            PasskeyHasher hasher,
            PasskeyLimit limit,
            SplittableRandom random) {
        this.scrape = scrape;
        this.selection = selection;
        this.hasher = hasher;
        this.limit = limit;
        this.random = random;
    }

    /**
     * The next request: its target lies in the bytes from {@code targetFrom} up to {@code targetTo}, which must not change
     * while it is served.
     *
     * @param from where the client is, or null when that cannot be told
     * @param whenKnown what to run, on whatever thread, when the request can be served after having waited; null when it may
     *     not wait
     */
    public void request(
            byte[] head, int targetFrom, int targetTo, @Nullable PeerAddress from, @Nullable Runnable whenKnown) {
        bytes = head;
        this.from = targetFrom;
        to = targetTo;
        client = from;
        continuation = whenKnown;
    }

    /** The answer, until the next request. */
    public BencodeOutput body() {
        return body;
    }

    Target readTarget() {
        body.clear();
        target.read(bytes, from, to);
        return target;
    }

    AnnounceRequest readAnnounce() {
        announce.clear();
        credentials.over(bytes, target);
        query.over(bytes, target.queryFrom(), to);
        while (query.advance()) {
            if (!credentials.take(query)) {
                announce.take(query);
            }
        }
        return announce;
    }

    ScrapeRequest readScrape() {
        scrape.clear();
        credentials.over(bytes, target);
        query.over(bytes, target.queryFrom(), to);
        while (query.advance()) {
            if (!credentials.take(query)) {
                scrape.take(query);
            }
        }
        return scrape;
    }

    Credentials credentials() {
        return credentials;
    }

    /** Whether the passkey that the request names, if any, may be used once more now. */
    boolean isWithinLimit() {
        return !credentials.hasKey() || limit.admits(credentials.bytes(), credentials.from());
    }

    AnnounceRequest announce() {
        return announce;
    }

    Selection selection() {
        return selection;
    }

    PasskeyHasher hasher() {
        return hasher;
    }

    @Nullable
    PeerAddress client() {
        return client;
    }

    @Nullable
    Runnable continuation() {
        return continuation;
    }

    /** Up to a tenth more than given, so that clients that came together do not come back together. */
    int jittered(int seconds) {
        return seconds + random.nextInt(seconds / 10 + 1);
    }
}
