package io.pbts.announce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.limit.Occupancy.Place;
import io.pbts.announce.swarm.PeerAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class EdgeLimitsTest {
    private static final LimitProperties FEW = new LimitProperties(1, 5, 1, 3, 1024, 2);

    private final EdgeLimits limits = new EdgeLimits(FEW, new SecureRandom(), System.nanoTime());

    private long client(String address) {
        return limits.clientAt(PeerAddress.of(InetAddress.ofLiteral(address)));
    }

    @Test
    void takesANetworkOf64BitsForOneIpv6ClientAndEachIpv4AddressForOne() {
        assertThat(client("2001:db8:1:2::1")).isEqualTo(client("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(client("2001:db8:1:2::1")).isNotEqualTo(client("2001:db8:1:3::1"));
        assertThat(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
        assertThat(client("192.0.2.1")).isEqualTo(client("::ffff:192.0.2.1"));
        assertThat(client("0.0.0.1")).isNotEqualTo(client("::1"));
        EdgeLimits others = new EdgeLimits(FEW, new SecureRandom(), 0);
        assertThat(others.clientAt(PeerAddress.of(InetAddress.ofLiteral("192.0.2.1"))))
                .as("under another secret")
                .isNotEqualTo(client("192.0.2.1"));
    }

    @Test
    void countsEveryPasskeyForItself() {
        byte[] first = ("/" + "a".repeat(32) + "b".repeat(31) + "c").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.admits(first, 1)).isTrue();
        }
        assertThat(limits.admits(first, 1)).isFalse();
        for (int offset = 2; offset < 33; offset++) {
            assertThat(limits.admits(first, offset)).as("from %d", offset).isTrue();
        }
    }

    @Test
    void hasPlacesForEachClientAndForAllAndGivesThemBack() {
        var occupancy = new Occupancy(limits, 3);
        long busy = client("192.0.2.1");
        long other = client("192.0.2.2");
        assertThat(occupancy.enterAsClient(busy)).isEqualTo(Place.SERVED);
        assertThat(occupancy.enterAsClient(busy)).isEqualTo(Place.SERVED);
        assertThat(occupancy.enterAsClient(busy)).as("too many of one").isEqualTo(Place.TURNED_AWAY);
        assertThat(occupancy.enterAsClient(busy)).as("no room to say so").isEqualTo(Place.NONE);
        assertThat(occupancy.enterAsClient(other)).isEqualTo(Place.SERVED);
        assertThat(occupancy.enterAsClient(other)).as("too many of all").isEqualTo(Place.NONE);
        occupancy.leaveAsClient(Place.TURNED_AWAY, busy);
        assertThat(occupancy.enter()).isEqualTo(Place.TURNED_AWAY);
        occupancy.leaveAsClient(Place.SERVED, busy);
        assertThat(occupancy.enter()).isEqualTo(Place.SERVED);
        occupancy.leave(Place.SERVED);
        for (int i = 0; i < 1000; i++) {
            assertThat(occupancy.enterAsClient(busy)).isEqualTo(Place.SERVED);
            occupancy.leaveAsClient(Place.SERVED, busy);
        }
    }

    @Test
    void takesALoopForOverloadedWhenItIsLateTwiceInARowAndOnlyWhileThatIsNew() throws Exception {
        var load = new LoopLoad(Duration.ofMillis(100));
        long now = System.nanoTime() + ms(1000);
        var held = new CountDownLatch(1);
        try (var loop = Executors.newSingleThreadScheduledExecutor();
                AutoCloseable _ = held::countDown) {
            // Held up, so that it looks at nothing by itself: the test says what it saw.
            var _ = loop.submit(() -> {
                held.await();
                return held;
            });
            for (long lag : new long[] {500, 50, 500, 99, 101}) {
                load.serving(loop, now);
                load.waitedUntil(now + ms(lag));
                assertThat(load.isOver(now + ms(lag))).as("late once: %d", lag).isFalse();
                now += ms(1000);
            }
            load.serving(loop, now);
            load.waitedUntil(now + ms(101));
            assertThat(load.isOver(now + ms(10_100))).isTrue();
            load.serving(loop, now + ms(10_102));
            assertThat(load.isOver(now + ms(10_102)))
                    .as("it has been idle since")
                    .isFalse();
            load.waitedUntil(now + ms(10_300));
            assertThat(load.isOver(now + ms(10_301))).as("late three times").isTrue();
            load.serving(loop, now + ms(10_320));
            load.waitedUntil(now + ms(10_321));
            assertThat(load.isOver(now + ms(10_322))).isFalse();
        }
    }

    @Test
    void asksALoopOnceInTenMillisecondsAndSeesTheRoundAfter() throws Exception {
        var load = new LoopLoad(Duration.ofMillis(40));
        try (var loop = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < 2; i++) {
                assertThat(loop.submit(() -> {
                                    long now = System.nanoTime();
                                    load.serving(loop, now);
                                    passUntil(now + ms(60));
                                    load.serving(loop, now + ms(60));
                                    return load.isOver(now + ms(60));
                                })
                                .get())
                        .isFalse();
                loop.schedule(() -> true, 5, TimeUnit.MILLISECONDS).get();
            }
            assertThat(loop.submit(() -> load.isOver(System.nanoTime())).get()).isTrue();
        }
    }

    /** One park is no pause: the executor's own wake-up for this task may end it at once. */
    private static void passUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
