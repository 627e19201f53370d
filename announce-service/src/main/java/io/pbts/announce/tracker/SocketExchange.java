package io.pbts.announce.tracker;

import io.pbts.announce.signalling.Membership;
import io.pbts.announce.signalling.Signal;
import io.pbts.announce.signalling.SignalWriter;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.tracker.text.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange over a WebSocket, one per connection: who asks is said once, in the URL of the connection, what is asked for in
 * each message. Its peers are those that are connected, since only they can be passed an offer.
 */
public final class SocketExchange extends Exchange {
    private final byte[] url;
    private final Membership membership;
    private final SocketAnswers answers;
    private Signal signal = new Signal.Scrape(List.of());
    private @Nullable Continuation continuation;

    SocketExchange(Means means, byte[] url, PeerAddress client, Membership membership, SignalWriter writer) {
        super(means);
        this.url = url;
        this.membership = membership;
        answers = new SocketAnswers(writer);
        from(client);
    }

    /** The next message; {@code whenKnown} runs when one that had to wait can be served, null when it may not wait. */
    public void request(Signal message, @Nullable Continuation whenKnown) {
        begin();
        signal = message;
        continuation = whenKnown;
        answers.begin(message instanceof Signal.Announce announce ? announce.infoHash() : null);
    }

    /** The next message will not be looked at: what is answered to it concerns no swarm. */
    public void unread() {
        answers.begin(null);
    }

    /** The answer, when there is one. */
    public Optional<String> answer() {
        return answers.text();
    }

    /** Whether the last request was answered with counts, and not with a reason why not. */
    public boolean wasServed() {
        return answers.wasServed();
    }

    /** The swarm of the last announce. */
    public SwarmKey swarm() {
        return announce().announcement().swarm();
    }

    /** This connection among the others. */
    public Membership membership() {
        return membership;
    }

    @Override
    Target.Kind read() {
        return signal instanceof Signal.Scrape ? Target.Kind.SCRAPE : Target.Kind.ANNOUNCE;
    }

    @Override
    AnnounceRequest readAnnounce() {
        AnnounceRequest announce = announce();
        announce.clear();
        readCaller(url, url.length);
        if (signal instanceof Signal.Announce said) {
            announce.read(said);
        }
        return announce;
    }

    @Override
    ScrapeRequest readScrape() {
        ScrapeRequest scrape = scrape();
        scrape.clear();
        readCaller(url, url.length);
        if (signal instanceof Signal.Scrape asked) {
            asked.infoHashes().forEach(scrape::take);
        }
        return scrape;
    }

    @Override
    List<byte[]> scraped() {
        return scrape().sorted();
    }

    @Override
    Swarms swarms() {
        return membership;
    }

    @Override
    Answers answers() {
        return answers;
    }

    /** It is told of nobody by name; each of its offers goes to somebody, if anybody is there. */
    @Override
    boolean showsPeers() {
        return announce().announcement().wanted() > 0
                && selection().complete() + selection().incomplete() > 1
                && signal instanceof Signal.Announce said
                && !said.offers().isEmpty();
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
