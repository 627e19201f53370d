package io.pbts.engine.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.engine.tracker.AnnounceRequest.Event;
import io.pbts.protocol.torrent.PeerId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class TrackersTest {
    private static final URI URL = URI.create("http://tracker.test/announce");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final InetAddress V4 = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress V6 = InetAddress.ofLiteral("fd77::1");
    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");

    private final AnnounceRequest request = new AnnounceRequest(
            Bytes.repeat((byte) 9, 20),
            PeerId.ofBytes("-PB0100-abcdefghijkl".getBytes(US_ASCII)),
            6881,
            1,
            2,
            3,
            Event.STARTED,
            50);
    private final Set<InetAddress> told = ConcurrentHashMap.newKeySet();

    private AnnounceAnswer announce(AddressedTracker http, InetAddress listening)
            throws TrackerFailure, InterruptedException {
        AddressedTracker noted = (tracker, address, asked, patience) -> {
            told.add(address);
            return http.announce(tracker, address, asked, patience);
        };
        InetAddress second = InetAddress.ofLiteral("10.0.0.2");
        return new Trackers(noted, noted, _ -> List.of(V4, second, V6), listening).announce(URL, request, PATIENCE);
    }

    private static AnnounceAnswer answer(InetAddress address) {
        int seconds = address.equals(V4) ? 100 : 200;
        return new AnnounceAnswer(
                Duration.ofSeconds(seconds),
                Optional.of(Duration.ofSeconds(seconds / 2)),
                List.of(new InetSocketAddress(address, 6881)),
                Optional.empty());
    }

    @Test
    void aTrackerWithBothFamiliesIsToldByBothAndItsAnswersAreOne() throws Exception {
        AnnounceAnswer both = announce((_, address, _, _) -> answer(address), ANY);
        assertThat(told).containsExactlyInAnyOrder(V4, V6);
        assertThat(both.peers())
                .containsExactlyInAnyOrder(new InetSocketAddress(V4, 6881), new InetSocketAddress(V6, 6881));
        assertThat(both.interval()).isEqualTo(Duration.ofSeconds(200));
        assertThat(both.minInterval()).contains(Duration.ofSeconds(100));
    }

    @Test
    void whoListensByOneFamilyAnnouncesByThatOne() throws Exception {
        announce((_, address, _, _) -> answer(address), InetAddress.ofLiteral("::1"));
        assertThat(told).containsExactly(V6);
    }

    @Test
    void aFamilyThatDoesNotAnswerIsNotWaitedFor() throws Exception {
        long before = System.nanoTime();
        AnnounceAnswer one = announce(
                (_, address, _, _) -> {
                    if (address.equals(V6)) {
                        new CountDownLatch(1).await();
                    }
                    return answer(address);
                },
                ANY);
        assertThat(one.peers()).containsExactly(new InetSocketAddress(V4, 6881));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
    }

    @Test
    void oneFamilyThatReachesTheTrackerIsEnough() throws Exception {
        AnnounceAnswer one = announce(
                (_, address, _, _) -> {
                    if (address.equals(V4)) {
                        throw new TrackerFailure("no route");
                    }
                    return answer(address);
                },
                ANY);
        assertThat(one.peers()).containsExactly(new InetSocketAddress(V6, 6881));
    }

    @Test
    void ofTwoRefusalsTheOneThatSaysWhenToComeBackIsTold() {
        assertThatThrownBy(() -> announce(
                        (_, address, _, _) -> {
                            throw new TrackerFailure(
                                    "by " + Family.of(address),
                                    address.equals(V6) ? Optional.of(Duration.ofMinutes(5)) : Optional.empty());
                        },
                        ANY))
                .isInstanceOf(TrackerFailure.class)
                .hasMessage("by V6");
    }
}
