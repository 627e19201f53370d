package io.pbts.engine.tracker;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a tracker answered (BEP 3, BEP 7, BEP 23).
 *
 * @param interval until it wants to be asked again
 * @param minInterval before which it must not be asked, if it said so
 * @param peers addresses of both families
 */
public record AnnounceAnswer(
        Duration interval, Optional<Duration> minInterval, List<InetSocketAddress> peers, Optional<String> warning) {

    static final Duration USUAL_INTERVAL = Duration.ofMinutes(30);

    private static final int V4_SIZE = 4;
    private static final int V6_SIZE = 16;
    private static final int PORT_SIZE = 2;

    public AnnounceAnswer {
        peers = List.copyOf(peers);
    }

    /** Both answers in one: asked again when both want it, and everybody whom either named. */
    AnnounceAnswer with(AnnounceAnswer other) {
        Set<InetSocketAddress> all = new LinkedHashSet<>(peers);
        all.addAll(other.peers);
        return new AnnounceAnswer(
                later(interval, other.interval),
                Stream.of(minInterval, other.minInterval)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()),
                List.copyOf(all),
                warning.or(() -> other.warning));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Reads the answer of an HTTP tracker.
     *
     * @throws TrackerFailure when it is a refusal, or no answer at all
     */
    static AnnounceAnswer decode(byte[] body) throws TrackerFailure {
        try {
            if (BencodeDecoder.decode(body, BencodeLimits.MESSAGE) instanceof BDictionary answer) {
                return of(answer);
            }
            throw new TrackerFailure("the tracker's answer is not a dictionary");
        } catch (BencodeException e) {
            throw new TrackerFailure("the tracker's answer is not bencode: " + e.getMessage());
        }
    }

    private static AnnounceAnswer of(BDictionary answer) throws TrackerFailure {
        Optional<Duration> interval = seconds(answer, "interval");
        Optional<Duration> minInterval = seconds(answer, "min interval");
        Optional<String> refusal = answer.text("failure reason");
        if (refusal.isPresent()) {
            throw new TrackerFailure(refusal.get(), retryIn(answer, interval.or(() -> minInterval)));
        }
        List<InetSocketAddress> peers = new ArrayList<>();
        answer.string("peers").ifPresent(bytes -> compact(bytes, V4_SIZE, peers));
        answer.string("peers6").ifPresent(bytes -> compact(bytes, V6_SIZE, peers));
        answer.list("peers").ifPresent(list -> list.forEach(entry -> named(entry, peers)));
        return new AnnounceAnswer(interval.orElse(USUAL_INTERVAL), minInterval, peers, answer.text("warning message"));
    }

    /** {@code retry in} is a number of minutes or {@code never} (BEP 31). */
    private static Optional<Duration> retryIn(BDictionary answer, Optional<Duration> interval) {
        if (answer.text("retry in").filter("never"::equals).isPresent()) {
            return Optional.of(TrackerFailure.NEVER);
        }
        return answer.integer("retry in")
                .filter(minutes -> minutes > 0 && minutes < 1 << 20)
                .map(Duration::ofMinutes)
                .or(() -> interval);
    }

    private static Optional<Duration> seconds(BDictionary answer, String key) {
        return answer.integer(key)
                .filter(seconds -> seconds > 0 && seconds <= Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
    }

    /** Addresses of one family, each followed by its port; a rest that is none is left out. */
    static void compact(Bytes bytes, int addressSize, List<InetSocketAddress> into) {
        int size = addressSize + PORT_SIZE;
        for (int at = 0; at + size <= bytes.size(); at += size) {
            int port = bytes.slice(at + addressSize, PORT_SIZE).toInt();
            try {
                InetAddress address =
                        InetAddress.getByAddress(bytes.slice(at, addressSize).toArray());
                into.add(new InetSocketAddress(address, port));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("4 and 16 bytes are addresses", e);
            }
        }
    }

    /** The old form (BEP 3). Only literal addresses: a tracker does not make us ask name servers. */
    private static void named(BencodeValue entry, List<InetSocketAddress> into) {
        if (entry instanceof BDictionary peer) {
            long port = peer.integer("port").orElse(0L);
            Optional<String> ip = peer.text("ip");
            if (ip.isPresent() && port > 0 && port <= 0xFFFF) {
                try {
                    into.add(new InetSocketAddress(InetAddress.ofLiteral(ip.get()), (int) port));
                } catch (IllegalArgumentException e) {
                    return;
                }
            }
        }
    }
}
