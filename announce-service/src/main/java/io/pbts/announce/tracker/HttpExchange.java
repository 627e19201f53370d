package io.pbts.announce.tracker;

import io.pbts.announce.admission.InstanceId;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.text.BencodeOutput;
import io.pbts.announce.tracker.text.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange over HTTP: the request is a target, the answer bencode (BEP 3, 48). */
public final class HttpExchange extends Exchange {
    private final BencodeOutput body = new BencodeOutput();
    private final BencodeAnswers answers;
    private byte[] bytes = {};
    private int from;
    private int to;
    private @Nullable Continuation continuation;

    HttpExchange(Means means, InstanceId instance, int minIntervalSeconds) {
        super(means);
        answers = new BencodeAnswers(body, instance, minIntervalSeconds);
    }

    /**
     * The next request: its target lies in the bytes from {@code targetFrom} up to {@code targetTo}, which must not change
     * while it is served.
     *
     * @param client where the client is, or null when that cannot be told
     * @param whenKnown what to run, on whatever thread, when the request can be served after having waited; null when it may
     *     not wait
     */
    public void request(
            byte[] head, int targetFrom, int targetTo, @Nullable PeerAddress client, @Nullable Continuation whenKnown) {
        bytes = head;
        from = targetFrom;
        to = targetTo;
        from(client);
        continuation = whenKnown;
    }

    /** The answer, until the next request. */
    public BencodeOutput body() {
        return body;
    }

    @Override
    Target.Kind read() {
        body.clear();
        target().read(bytes, from, to);
        return target().kind();
    }

    @Override
    AnnounceRequest readAnnounce() {
        AnnounceRequest announce = announce();
        announce.clear();
        beginQuery(bytes, to);
        while (query().advance()) {
            if (!credentials().take(query())) {
                announce.take(query());
            }
        }
        return announce;
    }

    @Override
    ScrapeRequest readScrape() {
        ScrapeRequest scrape = scrape();
        scrape.clear();
        beginQuery(bytes, to);
        while (query().advance()) {
            if (!credentials().take(query())) {
                scrape.take(query());
            }
        }
        return scrape;
    }

    /** Once each, as the keys of a dictionary. */
    @Override
    List<byte[]> scraped() {
        return scrape().sorted();
    }

    @Override
    Answers answers() {
        return answers;
    }

    @Override
    int mostPeers() {
        return Integer.MAX_VALUE;
    }

    @Override
    @Nullable
    Continuation continuation() {
        return continuation;
    }
}
