package io.pbts.announce.tracker;

import io.pbts.announce.admission.Caller;
import io.pbts.announce.admission.Caller.Nobody;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.admission.InstanceId;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.signalling.Membership;
import io.pbts.announce.signalling.SignalWriter;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.torrent.RegisteredTorrents.Listing;
import io.pbts.announce.tracker.AnnounceRequest.Event;
import io.pbts.announce.tracker.RequestCounts.Protocol;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Serves announces and scrapes. Cheap checks come first; an announce allocates nothing unless it fails, waits or asks for
 * the old form of peers.
 *
 * <p>A peer whose ratio is too low is refused, with one exception: one that has everything is listed for others, so that it
 * can earn, and gets no peers itself, so that claiming to have everything is of no use to somebody who has not.
 */
public final class Tracker {
    private static final String UNLISTED =
            "Your address is not reachable for others, so you are not listed: connect from a public address";

    private final Gate gate;
    private final Books books;
    private final Swarms swarms;
    private final InstanceId instance;
    private final AddressRules addresses;
    private final TrackerProperties properties;
    private final int intervalSeconds;
    private final SignalWriter signals = new SignalWriter();

    Tracker(
            Gate gate,
            Books books,
            Swarms swarms,
            InstanceId instance,
            TrackerProperties properties,
            int intervalSeconds) {
        this.gate = gate;
        this.books = books;
        this.swarms = swarms;
        this.instance = instance;
        this.properties = properties;
        this.intervalSeconds = intervalSeconds;
        addresses = new AddressRules(gate.openness(), properties.privateNetworks());
    }

    /** The same for anybody, with other swarms, and without a trace in the books. */
    Tracker onlyWith(Swarms others) {
        return new Tracker(gate.open(), books.uncounted(), others, instance, properties, intervalSeconds);
    }

    /** What one event loop needs to call {@link #serve(Exchange)} for what comes over HTTP. */
    public HttpExchange newHttpExchange(SplittableRandom random, PasskeyLimit limit) {
        return new HttpExchange(means(Protocol.HTTP, random, limit), instance, intervalSeconds / 2);
    }

    /** As {@link #newHttpExchange}, for what comes over UDP. */
    public DatagramExchange newDatagramExchange(SplittableRandom random, PasskeyLimit limit) {
        return new DatagramExchange(means(Protocol.UDP, random, limit));
    }

    /**
     * What one WebSocket connection needs.
     *
     * @param url path and query of its request
     */
    public SocketExchange newSocketExchange(
            SplittableRandom random, PasskeyLimit limit, byte[] url, PeerAddress client, Membership membership) {
        return new SocketExchange(means(Protocol.WEBSOCKET, random, limit), url, client, membership, signals);
    }

    private Exchange.Means means(Protocol protocol, SplittableRandom random, PasskeyLimit limit) {
        return new Exchange.Means(
                properties.maxScrapeHashes(),
                properties.maxPeers(),
                gate.newHasher(),
                limit,
                random,
                swarms,
                books.counts().of(protocol));
    }

    /** Makes the answer for somebody who asks so often that the request is not looked at. */
    public void refuseTooMany(Exchange exchange) {
        comeBackLater(exchange, Failure.TOO_MANY_FROM_ADDRESS);
    }

    /** Makes the answer for somebody whose request cannot be looked at now. */
    public void refuseBusy(Exchange exchange) {
        comeBackLater(exchange, Failure.BUSY);
    }

    /** Never blocks, never throws for anything a client sent. */
    public Served serve(Exchange exchange) {
        return switch (exchange.read()) {
            case ANNOUNCE -> announce(exchange);
            case SCRAPE -> scrape(exchange);
            case OTHER -> Served.NOT_FOUND;
        };
    }

    private Served announce(Exchange exchange) {
        AnnounceRequest request = exchange.readAnnounce();
        PeerAddress client = exchange.client();
        Failure failure = firstOf(gate.keyProblem(exchange.credentials()), request.problem());
        if (failure != null || client == null) {
            return fail(exchange, failure == null ? Failure.CLIENT_ADDRESS_MISSING : failure);
        }
        if (!exchange.isWithinLimit()) {
            return comeBackLater(exchange, Failure.TOO_MANY_BY_PASSKEY);
        }
        Caller caller = gate.callerOf(exchange);
        failure = Gate.problemOf(caller);
        if (failure != null) {
            return failOrWait(exchange, caller, failure);
        }
        Listing listing = gate.listing(request);
        failure = firstOf(gate.problemOf(request, listing), gate.bindingProblem(exchange, caller));
        String refusal = failure == null ? refusalOf(listing) : failure.reason();
        if (refusal == null) {
            return admit(exchange, client, caller);
        }
        if (request.event() == Event.STOPPED) {
            return letGo(exchange, client, caller);
        }
        books.reject(exchange, caller, refusal);
        boolean soon = failure == null && listing != null && listing.forNow();
        int retry = soon ? seconds(properties.unavailableRetry()) : exchange.jittered(intervalSeconds);
        return fail(exchange, failure == null ? Outcome.TORRENT_NOT_SERVED : failure.outcome(), refusal, retry);
    }

    private static @Nullable String refusalOf(@Nullable Listing listing) {
        return listing == null ? null : listing.refusal();
    }

    /** Nobody is refused to leave, whatever else is wrong: some clients repeat a refused stop for as long as they live. */
    private Served letGo(Exchange exchange, PeerAddress client, Caller caller) {
        describe(exchange, client, caller);
        exchange.announce().announcement().wanted(0);
        exchange.tellSwarms();
        exchange.answers()
                .announce(exchange.announce(), exchange.selection(), client, exchange.jittered(intervalSeconds), null);
        return done(exchange, Outcome.ANNOUNCED);
    }

    /** Who announces, from where, and what that does to the swarm; answers whether the peer is listed. */
    private boolean describe(Exchange exchange, PeerAddress client, Caller caller) {
        AnnounceRequest request = exchange.announce();
        Announcement announcement = request.announcement();
        boolean listed = addresses.lists(client);
        announcement.at(client, request.port());
        announcement.seeding(request.isComplete());
        announcement.change(changeOf(request, listed));
        announcement.by(caller instanceof Standing standing ? standing.accountId() : Announcement.NO_ACCOUNT);
        return listed;
    }

    private Served admit(Exchange exchange, PeerAddress client, Caller caller) {
        AnnounceRequest request = exchange.announce();
        Announcement announcement = request.announcement();
        String warning = describe(exchange, client, caller) ? null : UNLISTED;
        announcement.wanted(wanted(exchange));
        if (caller instanceof Standing standing) {
            warning = warning == null ? standing.warning() : warning;
            if (!standing.allowed() && request.event() != Event.STOPPED) {
                announcement.wanted(0);
                warning = standing.refusal();
                if (!request.isComplete()) {
                    announcement.change(Change.GONE);
                    exchange.tellSwarms();
                    books.enter(exchange, caller);
                    books.reject(exchange, caller, warning);
                    return fail(exchange, Outcome.LOW_RATIO, warning, seconds(properties.refusedRetry()));
                }
            }
        }
        return switch (exchange.announceToSwarms()) {
            case DONE -> {
                books.enter(exchange, caller);
                exchange.answers()
                        .announce(request, exchange.selection(), client, exchange.jittered(intervalSeconds), warning);
                yield done(exchange, Outcome.ANNOUNCED);
            }
            case TOO_MANY_PLACES -> {
                books.reject(exchange, caller, Failure.TOO_MANY_PLACES.reason());
                yield fail(exchange, Failure.TOO_MANY_PLACES);
            }
            case LATER -> Served.WAITING;
            case AWAY ->
                request.event() == Event.STOPPED
                        ? letGo(exchange, client, caller)
                        : fail(exchange, Failure.UNAVAILABLE);
        };
    }

    /** Nobody who leaves needs peers, and whoever had too many gets none for a while; what the announce says counts all the same. */
    private int wanted(Exchange exchange) {
        AnnounceRequest request = exchange.announce();
        if (request.event() == Event.STOPPED || !books.allowsPeers(request)) {
            return 0;
        }
        return request.wanted(Math.min(properties.maxPeers(), exchange.mostPeers()));
    }

    private Served scrape(Exchange exchange) {
        ScrapeRequest request = exchange.readScrape();
        Failure failure = firstOf(gate.keyProblem(exchange.credentials()), scrapeProblem(request));
        if (failure != null) {
            return fail(exchange, failure);
        }
        if (!exchange.isWithinLimit()) {
            return comeBackLater(exchange, Failure.TOO_MANY_BY_PASSKEY);
        }
        Caller caller = gate.callerOf(exchange);
        failure = Gate.problemOf(caller);
        if (failure != null) {
            return failOrWait(exchange, caller, failure);
        }
        List<byte[]> hashes = exchange.scraped();
        List<SwarmKey> swarms = hashes.stream().map(SwarmKey::ofBytes).toList();
        List<SwarmCounts> counts = exchange.countsOf(swarms);
        if (counts == null) {
            return exchange.isWaiting() ? Served.WAITING : fail(exchange, Failure.UNAVAILABLE);
        }
        Answers answers = exchange.answers();
        answers.beginScrape();
        for (int i = 0; i < counts.size(); i++) {
            answers.swarm(hashes.get(i), gate.hides(swarms.get(i)) ? SwarmCounts.EMPTY : counts.get(i));
        }
        answers.endScrape();
        return done(exchange, Outcome.SCRAPED);
    }

    private @Nullable Failure scrapeProblem(ScrapeRequest request) {
        boolean asksForAll = gate.openness() == Openness.PRIVATE && request.isEmpty();
        return asksForAll || !request.isValid() ? Failure.INVALID_INFO_HASH : null;
    }

    private Served failOrWait(Exchange exchange, Caller caller, Failure failure) {
        Continuation continuation = caller == Nobody.UNASKED && !exchange.isResumed() ? exchange.continuation() : null;
        if (continuation == null) {
            return fail(exchange, failure);
        }
        gate.ask(exchange, continuation);
        return Served.WAITING;
    }

    private Served comeBackLater(Exchange exchange, Failure failure) {
        int retry = exchange.jittered(seconds(properties.limitedRetry()));
        exchange.answers().refusal(failure.reason(), retry);
        return done(exchange, failure.outcome());
    }

    private Served fail(Exchange exchange, Failure failure) {
        int retry = failure == Failure.UNAVAILABLE
                ? seconds(properties.unavailableRetry())
                : exchange.jittered(intervalSeconds);
        return fail(exchange, failure.outcome(), failure.reason(), retry);
    }

    private Served fail(Exchange exchange, Outcome outcome, String reason, int retrySeconds) {
        exchange.answers().failure(reason, retrySeconds);
        return done(exchange, outcome);
    }

    private static Served done(Exchange exchange, Outcome outcome) {
        exchange.count(outcome);
        return Served.ANSWERED;
    }

    private static Change changeOf(AnnounceRequest request, boolean listed) {
        if (request.event() == Event.STOPPED) {
            return request.port() == 0 ? Change.NONE : Change.GONE;
        }
        if (!listed) {
            return Change.NONE;
        }
        return request.event() == Event.COMPLETED ? Change.COMPLETED : Change.PRESENT;
    }

    private static @Nullable Failure firstOf(@Nullable Failure first, @Nullable Failure second) {
        return first == null ? second : first;
    }

    private static int seconds(java.time.Duration duration) {
        return (int) duration.toSeconds();
    }
}
