package io.pbts.announce.swarm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.Swarms.Finding;
import io.pbts.announce.swarm.Swarms.Taken;
import io.pbts.announce.testing.SettableClock;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of swarms promises. An adapter's test extends this. */
public abstract class SwarmsContract {
    private static final int MOST = 50;
    private static final String V4 = "198.51.100.7";
    private static final String V6 = "2001:db8::7";

    private final SettableClock clock = new SettableClock();
    private final Selection found = new Selection(MOST, new SplittableRandom(1));
    private Tallies tallies;
    private Swarms swarms;

    /** A new, empty store. */
    protected abstract Swarms create(SwarmProperties properties, Tallies tallies, Clock clock);

    /** Lets the store forget what is over, which it would otherwise do in its own time. */
    protected abstract void tidyUp(Swarms store);

    /** How long a random history is, so that it takes seconds. */
    protected int steps() {
        return 60_000;
    }

    /** Of all swarms now; a store may otherwise be some time behind. */
    protected SwarmTotals totalsOf(Swarms store) {
        return store.totals();
    }

    /** Announces, and waits for the finding when there is one. */
    public static Taken announced(Swarms store, Announcement announcement, Selection into) {
        var finding = new CompletableFuture<Finding>();
        Taken taken = store.announce(announcement, into, () -> finding::complete);
        return taken == Taken.LATER ? finding.join().fill(into) : taken;
    }

    @BeforeEach
    void begin() {
        tallies = new Tallies();
        swarms = create(properties(1000, 100_000), tallies, clock);
    }

    /** A store in which one account may be at a thousand places of a swarm. */
    private void letAccountsBeEverywhere() {
        swarms = create(new SwarmProperties(Duration.ofMinutes(30), 1000, 100_000, 1000, 16), tallies, clock);
    }

    private static SwarmProperties properties(int maxSwarms, int maxPeers) {
        return new SwarmProperties(Duration.ofMinutes(30), maxSwarms, maxPeers, 3, 16);
    }

    /** A peer of a test: who, where, and whether it has everything. */
    private record Peer(long account, String address, int port, boolean seeder) {
        static Peer leecher(int port) {
            return new Peer(Announcement.NO_ACCOUNT, V4, port, false);
        }

        static Peer seeder(int port) {
            return new Peer(Announcement.NO_ACCOUNT, V4, port, true);
        }

        Announcement says(Change change, int swarm, int wanted) {
            var announcement = new Announcement();
            announcement.swarm().read(hash(swarm), 0);
            announcement.at(PeerAddress.of(InetAddress.ofLiteral(address)), port);
            announcement.peerIdFrom("-PB0100-%012d".formatted(port).getBytes(US_ASCII), 0);
            announcement.by(account);
            announcement.seeding(seeder);
            announcement.change(change);
            announcement.wanted(wanted);
            return announcement;
        }
    }

    private static byte[] hash(int swarm) {
        byte[] hash = new byte[SwarmKey.SIZE];
        Arrays.fill(hash, (byte) (swarm >>> 8));
        hash[19] = (byte) swarm;
        return hash;
    }

    private static SwarmKey key(int swarm) {
        var key = new SwarmKey();
        key.read(hash(swarm), 0);
        return key;
    }

    private Selection announce(Peer peer) {
        return announce(peer, Change.PRESENT, 1, MOST);
    }

    private Selection announce(Peer peer, Change change, int swarm, int wanted) {
        var _ = announced(swarms, peer.says(change, swarm, wanted), found);
        return found;
    }

    private static Set<Integer> ports(Selection selection) {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < selection.ipv4Peers(); i++) {
            ports.add(portAt(selection.ipv4(), i * 6 + 4));
        }
        for (int i = 0; i < selection.ipv6Peers(); i++) {
            ports.add(portAt(selection.ipv6(), i * 18 + 16));
        }
        return ports;
    }

    private static int portAt(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }

    @Test
    void introducesPeersToEachOtherAndNobodyToItself() {
        assertThat(ports(announce(Peer.leecher(1001)))).isEmpty();
        assertThat(ports(announce(Peer.leecher(1002)))).containsExactly(1001);
        assertThat(ports(announce(Peer.leecher(1001)))).containsExactly(1002);
    }

    @Test
    void givesRecordsInWireOrderWithTheirPeerIds() {
        announce(Peer.seeder(0x1AE1));
        announce(new Peer(1, V6, 0x1AE2, true));
        Selection selection = announce(Peer.leecher(1));

        assertThat(Arrays.copyOf(selection.ipv4(), 6))
                .isEqualTo(new byte[] {(byte) 198, 51, 100, 7, 0x1A, (byte) 0xE1});
        assertThat(Arrays.copyOf(selection.ipv6(), 18)).isEqualTo(new byte[] {
            0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0x1A, (byte) 0xE2
        });
        assertThat(new String(selection.ids(), 0, 20, US_ASCII)).isEqualTo("-PB0100-000000006881");
        assertThat(new String(selection.ids(), selection.ipv6Ids(), 20, US_ASCII))
                .isEqualTo("-PB0100-000000006882");
    }

    @Test
    void letsAnAccountBeAtThreePlacesOfASwarmAndComeBackToThem() {
        for (int port = 1; port <= 3; port++) {
            assertThat(admits(new Peer(7, V4, port, port == 1))).isTrue();
        }
        assertThat(admits(new Peer(7, V4, 4, false))).as("a fourth").isFalse();
        assertThat(found.complete() + found.incomplete()).as("shown to it").isZero();
        assertThat(admits(new Peer(7, V4, 2, true))).as("one of them again").isTrue();
        assertThat(admits(new Peer(8, V4, 4, false))).as("somebody else").isTrue();
        assertThat(announced(swarms, new Peer(7, V4, 4, false).says(Change.GONE, 1, 0), found))
                .as("leaving")
                .isEqualTo(Taken.DONE);
        announce(new Peer(7, V4, 1, true), Change.GONE, 1, 0);
        assertThat(admits(new Peer(7, V4, 4, false))).as("after one has left").isTrue();
        assertThat(announced(swarms, new Peer(7, V4, 5, false).says(Change.PRESENT, 2, 0), found))
                .as("in another swarm")
                .isEqualTo(Taken.DONE);
    }

    @Test
    void takesTheTwoAddressesOfAClientForOnePlace() {
        for (int port = 1; port <= 3; port++) {
            assertThat(admits(new Peer(7, V4, port, false))).isTrue();
            assertThat(admits(new Peer(7, V6, port, false))).isTrue();
        }
        assertThat(admits(new Peer(7, V6, 4, false))).isFalse();
        assertThat(admits(new Peer(8, V4, 9, false))).isTrue();
        assertThat(found.incomplete()).isEqualTo(7);
    }

    @Test
    void followsAClientFromAddressToAddressWithoutCountingItTwice() {
        for (int host = 1; host <= 20; host++) {
            assertThat(admits(new Peer(7, "198.51.100." + host, 1, false))).isTrue();
        }
        assertThat(admits(new Peer(8, V4, 9, false))).isTrue();
        assertThat(found.incomplete()).isEqualTo(6 + 1);
        assertThat(totalsOf(swarms).peers()).isEqualTo(7);
    }

    @Test
    void letsThoseWithoutAnAccountBeAnywhere() {
        for (int port = 1; port <= 20; port++) {
            assertThat(admits(Peer.leecher(port))).isTrue();
        }
    }

    private boolean admits(Peer peer) {
        return announced(swarms, peer.says(Change.PRESENT, 1, MOST), found) == Taken.DONE;
    }

    @Test
    void introducesPeersOfBothAddressFamiliesToEachOther() {
        announce(new Peer(1, V6, 2001, false));
        assertThat(ports(announce(Peer.leecher(1001)))).containsExactly(2001);
        assertThat(ports(announce(new Peer(1, V6, 2001, false)))).containsExactly(1001);
    }

    @Test
    void givesSeedersNoSeeders() {
        announce(Peer.seeder(1001));
        announce(Peer.leecher(1002));
        announce(new Peer(3, V6, 1003, true));
        assertThat(ports(announce(Peer.seeder(1004)))).containsExactly(1002);
    }

    @Test
    void countsTheWholeSwarmAfterTheChangeWhateverIsShown() {
        IntStream.range(0, 120).forEach(i -> announce(Peer.seeder(2000 + i)));
        IntStream.range(0, 70).forEach(i -> announce(Peer.leecher(3000 + i)));
        Selection selection = announce(Peer.leecher(1), Change.PRESENT, 1, 5);

        assertThat(selection.complete()).isEqualTo(120);
        assertThat(selection.incomplete()).isEqualTo(71);
        assertThat(ports(selection)).hasSize(5);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(120, 71, 0));
    }

    @Test
    void showsNoMoreThanWantedAndEachOnce() {
        IntStream.range(0, 200).forEach(i -> announce(Peer.leecher(2000 + i)));
        Selection selection = announce(Peer.leecher(1));
        assertThat(selection.ipv4Peers()).isEqualTo(MOST);
        assertThat(ports(selection)).hasSize(MOST).doesNotContain(1);
        assertThat(ports(announce(Peer.leecher(1), Change.PRESENT, 1, 0))).isEmpty();
    }

    @Test
    void showsEveryPeerEquallyOften() {
        letAccountsBeEverywhere();
        int peers = 40;
        int rounds = 8000;
        int wanted = 10;
        IntStream.range(0, peers / 2).forEach(i -> announce(Peer.leecher(i)));
        IntStream.range(peers / 2, peers).forEach(i -> announce(new Peer(1, V6, i, i % 2 == 0)));
        int[] shown = new int[peers];
        for (int round = 0; round < rounds; round++) {
            ports(announce(Peer.leecher(9999), Change.PRESENT, 1, wanted)).forEach(port -> shown[port]++);
        }
        double expected = (double) rounds * wanted / peers;
        double deviation = Math.sqrt(expected * (1 - (double) wanted / peers));
        assertThat(IntStream.of(shown).asDoubleStream().boxed())
                .allSatisfy(count -> assertThat(count).isBetween(expected - 5 * deviation, expected + 5 * deviation));
    }

    @Test
    void movesAPeerThatFinishes() {
        announce(Peer.leecher(1001));
        Selection selection = announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST);
        assertThat(selection.complete()).isEqualTo(1);
        assertThat(selection.incomplete()).isZero();
        assertThat(selection.downloaded()).isEqualTo(1);
    }

    @Test
    void countsADownloadOnceHoweverOftenItIsToldOf() {
        announce(Peer.leecher(1001));
        announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST);
        announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST);
        announce(Peer.leecher(1002), Change.COMPLETED, 1, MOST);
        assertThat(swarms.count(key(1)).downloaded()).isEqualTo(1);
    }

    @Test
    void keepsTheNumberOfDownloadsWhenEverybodyHasLeft() {
        announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST);
        announce(Peer.seeder(1001), Change.GONE, 1, MOST);
        clock.advance(Duration.ofDays(1));
        tidyUp(swarms);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(0, 0, 1));
    }

    @Test
    void goesOnCountingDownloadsFromWhatIsStored() {
        tallies.learn(key(1), 41, 0);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(0, 0, 41));
        announce(Peer.leecher(1001));
        assertThat(announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST).downloaded())
                .isEqualTo(42);
        tallies.learn(key(1), 50, 0);
        assertThat(swarms.count(key(1)).downloaded())
                .as("another node saved nine")
                .isEqualTo(51);
        requireTally(1).saved(1, 0, 51);
        assertThat(swarms.count(key(1)).downloaded()).isEqualTo(51);
    }

    @Test
    void leavesTheTallyOfAForgottenSwarmWhereItIsStored() {
        announce(Peer.seeder(1001), Change.COMPLETED, 1, MOST);
        requireTally(1).saved(1, 0, 1);
        clock.advance(Duration.ofDays(1));
        tidyUp(swarms);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(0, 0, 1));
        announce(Peer.leecher(1001), Change.PRESENT, 2, MOST);
        clock.advance(Duration.ofDays(1));
        tidyUp(swarms);
        assertThat(tallies.find(key(2)))
                .as("of a swarm of which nothing is stored")
                .isNull();
    }

    @Test
    void remembersWhenASeederAnnouncedLast() {
        long second = clock.millis() / 1000;
        announce(Peer.leecher(1001));
        assertThat(requireTally(1).seederSeen()).isZero();
        announce(Peer.seeder(1002));
        clock.advance(Duration.ofMinutes(5));
        announce(Peer.leecher(1001));
        assertThat(requireTally(1).seederSeen()).isEqualTo(second);
    }

    @Test
    void doesNotRememberASeederThatHadNoPlace() {
        for (int port = 1; port <= 3; port++) {
            assertThat(admits(new Peer(7, V4, port, false))).isTrue();
        }
        assertThat(admits(new Peer(7, V4, 4, true))).isFalse();
        assertThat(requireTally(1).seederSeen()).isZero();
    }

    private Tally requireTally(int swarm) {
        return Objects.requireNonNull(tallies.find(key(swarm)));
    }

    @Test
    void letsAPeerLeaveAndAnswersWhenItLeavesAgain() {
        announce(Peer.leecher(1001));
        announce(Peer.leecher(1002));
        assertThat(announce(Peer.leecher(1001), Change.GONE, 1, 0).incomplete()).isEqualTo(1);
        assertThat(announce(Peer.leecher(1001), Change.GONE, 1, 0).incomplete()).isEqualTo(1);
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(1, 1));
    }

    @Test
    void letsNobodyTouchAnotherAccountsPeer() {
        announce(new Peer(7, V4, 1001, true));
        announce(new Peer(8, V4, 1001, false), Change.GONE, 1, 0);
        announce(Peer.leecher(1001), Change.GONE, 1, 0);
        announce(new Peer(8, V4, 1001, false), Change.PRESENT, 1, 0);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(1, 1, 0));
    }

    @Test
    void neverShowsAPeerItsOwnEndpointUnderAnotherAccount() {
        announce(new Peer(7, V4, 1001, true));
        assertThat(ports(announce(new Peer(8, V4, 1001, false)))).isEmpty();
    }

    @Test
    void showsNobodyTheOtherPeersOfItsOwnAccount() {
        announce(new Peer(7, V4, 1001, true));
        announce(new Peer(7, V6, 1002, true));
        announce(new Peer(8, V4, 1003, true));
        assertThat(ports(announce(new Peer(7, V4, 1004, false)))).containsExactly(1003);
        assertThat(ports(announce(Peer.leecher(1005)))).containsExactly(1001, 1002, 1003, 1004);
    }

    @Test
    void showsOnlyPeersOfTheAskersFamilyWhenTheAnswerHasNoRoomForOthers() {
        announce(new Peer(1, V4, 1001, true));
        announce(new Peer(2, V6, 1002, true));
        announce(new Peer(3, V4, 1003, false));
        Announcement asker = new Peer(4, V6, 1004, false).says(Change.PRESENT, 1, MOST);
        asker.ofOneFamily();
        var _ = announced(swarms, asker, found);
        assertThat(ports(found)).containsExactly(1002);
        assertThat(found.complete()).isEqualTo(2);
        assertThat(found.incomplete()).isEqualTo(2);
    }

    @Test
    void keepsSwarmsApart() {
        announce(Peer.leecher(1001), Change.PRESENT, 1, MOST);
        assertThat(ports(announce(Peer.leecher(1002), Change.PRESENT, 2, MOST))).isEmpty();
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(2, 2));
        announce(Peer.seeder(1003), Change.PRESENT, 2, MOST);
        assertThat(swarms.count(List.of(key(2), key(9), key(1), key(2))))
                .as("in the order of the question")
                .containsExactly(
                        new SwarmCounts(1, 1, 0),
                        SwarmCounts.EMPTY,
                        new SwarmCounts(0, 1, 0),
                        new SwarmCounts(1, 1, 0));
    }

    @Test
    void createsNothingByLooking() {
        announce(Peer.leecher(1001), Change.NONE, 1, MOST);
        announce(Peer.leecher(1001), Change.GONE, 2, MOST);
        assertThat(swarms.count(key(3))).isEqualTo(SwarmCounts.EMPTY);
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(0, 0));
    }

    @Test
    void forgetsAPeerBetweenOnePointTwoAndOnePointFiveIntervalsAfterItsLastAnnounce() {
        announce(Peer.seeder(1001));
        announce(Peer.leecher(1002));
        clock.advance(Duration.ofMinutes(20));
        announce(Peer.leecher(1002));
        clock.advance(Duration.ofMinutes(16));
        tidyUp(swarms);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(1, 1, 0));
        clock.advance(Duration.ofMinutes(9));
        tidyUp(swarms);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(0, 1, 0));
        clock.advance(Duration.ofMinutes(20));
        tidyUp(swarms);
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(0, 0));
    }

    @Test
    void servesAPeerForWhichThereIsNoRoom() {
        swarms = create(properties(2, 3), tallies, clock);
        announce(Peer.seeder(1001), Change.PRESENT, 1, MOST);
        announce(Peer.seeder(1002), Change.PRESENT, 1, MOST);
        announce(Peer.seeder(1003), Change.PRESENT, 2, MOST);
        Selection full = announce(Peer.leecher(1004), Change.PRESENT, 1, MOST);
        assertThat(ports(full)).containsExactlyInAnyOrder(1001, 1002);
        assertThat(full.incomplete()).isZero();
        assertThat(ports(announce(Peer.leecher(1005), Change.PRESENT, 3, MOST))).isEmpty();
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(2, 3));

        announce(Peer.seeder(1001), Change.GONE, 1, MOST);
        announce(Peer.leecher(1004), Change.PRESENT, 1, MOST);
        assertThat(swarms.count(key(1))).isEqualTo(new SwarmCounts(1, 1, 0));
    }

    /** Compares a long random history with the simplest model that can be written. */
    @Test
    void behavesAsASetOfPeersWould() {
        letAccountsBeEverywhere();
        var random = new SplittableRandom(42);
        Set<Peer> model = new HashSet<>();
        for (int step = 0; step < steps(); step++) {
            boolean growing = step / (steps() / 6) % 2 == 0;
            String address = random.nextInt(3) == 0 ? V6 : V4;
            var peer = new Peer(random.nextInt(3), address, random.nextInt(400), random.nextBoolean());
            Change change = random.nextInt(10) < (growing ? 3 : 7) ? Change.GONE : Change.PRESENT;
            var twin = new Peer(peer.account, peer.address, peer.port, !peer.seeder);
            model.remove(peer);
            model.remove(twin);
            if (change == Change.PRESENT) {
                model.add(peer);
            }
            Selection selection = announce(peer, change, 1, 7);
            long seeders = model.stream().filter(Peer::seeder).count();
            assertThat(selection.complete()).isEqualTo((int) seeders);
            assertThat(selection.incomplete()).isEqualTo((int) (model.size() - seeders));
        }
        assertThat(totalsOf(swarms).peers()).isEqualTo(model.size());
        clock.advance(Duration.ofHours(1));
        tidyUp(swarms);
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(0, 0));
    }

    @Test
    void losesNothingWhenManyAnnounceAtOnce() throws InterruptedException {
        letAccountsBeEverywhere();
        int threads = 8;
        var done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            Thread.ofPlatform().start(() -> {
                var selection = new Selection(MOST, new SplittableRandom(number));
                for (int i = 0; i < 2000; i++) {
                    var peer = new Peer(number + 1, V4, i % 500, i % 2 == 0);
                    var _ = announced(swarms, peer.says(Change.PRESENT, i % 7, 1), selection);
                }
                done.countDown();
            });
        }
        done.await();
        int expected = IntStream.range(0, 7)
                        .map(swarm -> (int) IntStream.range(0, 2000)
                                .filter(i -> i % 7 == swarm)
                                .map(i -> i % 500)
                                .distinct()
                                .count())
                        .sum()
                * threads;
        assertThat(totalsOf(swarms)).isEqualTo(new SwarmTotals(7, expected));
    }
}
