package io.pbts.announce.wire.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.announce.testing.UdpClient.Reply;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BEP 15 on real sockets, profile local, both address families on one port. */
class UdpTrackerTest {
    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress OTHER_IPV4 = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");
    private static final int IPV4_RECORD = 6;
    private static final int IPV6_RECORD = 18;
    private static TrackerFixture tracker;
    private static int hashes;

    private final Bytes hash = Bytes.concatenate(Bytes.ofUnsignedInt(++hashes), Bytes.repeat((byte) 0x5A, 16));
    private final UdpClient client = clientAt(IPV4);

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local", "--pbts.wire.addresses=::");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private static UdpClient clientAt(InetAddress address) {
        return new UdpClient(address, address, tracker.direct().getPort());
    }

    private Packet peer(int port) {
        return Packet.announce(hash, port);
    }

    @Test
    void showsPeersAndCountsThem() {
        Reply seeder = client.announce(peer(7001).left(0).event(2));
        Reply leecher = client.announce(peer(7002));

        assertThat(seeder.ports(IPV4_RECORD)).isEmpty();
        assertThat(leecher.ports(IPV4_RECORD)).containsExactly(7001);
        assertThat(leecher.number(0)).as("interval").isBetween(1800, 1980);
        assertThat(leecher.number(1)).as("leechers").isEqualTo(1);
        assertThat(leecher.number(2)).as("seeders").isEqualTo(1);
    }

    @Test
    void sharesItsSwarmsWithHttp() {
        client.announce(peer(7001).left(0));

        assertThat(tracker.get(Announce.of(hash, 6882).target()).body().ports()).containsExactly(7001);
        assertThat(client.announce(peer(7003)).ports(IPV4_RECORD)).containsExactlyInAnyOrder(7001, 6882);
    }

    @Test
    void givesIpv6PeersToIpv6AndCountsBothFamilies() {
        try (UdpClient six = clientAt(IPV6)) {
            client.announce(peer(7001).left(0));
            six.announce(peer(7006).left(0));

            Reply toSix = six.announce(peer(7007));
            Reply toFour = client.announce(peer(7008));

            assertThat(toSix.ports(IPV6_RECORD)).containsExactly(7006);
            assertThat(toFour.ports(IPV4_RECORD)).containsExactly(7001);
            assertThat(List.of(toSix.number(2), toFour.number(2)))
                    .as("seeders of both families")
                    .containsExactly(2, 2);
        }
    }

    @Test
    void takesAPeersAddressFromWhereItsPacketsComeFrom() {
        client.announce(peer(7001).left(0).claiming(0x08080808));

        assertThat(client.announce(peer(7002)).body().slice(12, 4)).isEqualTo(Bytes.of(127, 0, 0, 1));
    }

    @Test
    void forgetsAPeerThatStops() {
        client.announce(peer(7001).left(0));
        client.announce(peer(7001).left(0).event(3));

        assertThat(client.announce(peer(7002)).ports(IPV4_RECORD)).isEmpty();
    }

    @Test
    void countsADownloadOnce() {
        client.announce(peer(7001));
        client.announce(peer(7001).left(0).event(1));
        client.announce(peer(7001).left(0).event(1));

        Reply scrape = client.scrape(client.connect(), hash);
        assertThat(List.of(scrape.number(0), scrape.number(1), scrape.number(2)))
                .as("seeders, completed, leechers")
                .containsExactly(1, 1, 0);
    }

    @Test
    void answersAScrapeInTheOrderAskedRepeatsIncluded() {
        client.announce(peer(7001).left(0));
        Bytes nobody = hash.not();

        Reply scrape = client.scrape(client.connect(), nobody, hash, hash);

        assertThat(scrape.body().size()).isEqualTo(3 * 12);
        assertThat(List.of(scrape.number(0), scrape.number(3), scrape.number(6)))
                .containsExactly(0, 1, 1);
    }

    @Test
    void honoursHowManyPeersAreWanted() {
        for (int port = 7001; port <= 7120; port++) {
            client.announce(peer(port));
        }

        assertThat(client.announce(peer(7001).wanted(0)).ports(IPV4_RECORD)).isEmpty();
        assertThat(client.announce(peer(7001).wanted(7)).ports(IPV4_RECORD)).hasSize(7);
        assertThat(client.announce(peer(7001).wanted(100_000)).ports(IPV4_RECORD))
                .hasSize(50);
        assertThat(client.announce(peer(7001)).ports(IPV4_RECORD)).hasSize(50);
    }

    @Test
    void refusesAnIdThatWasMadeForAnotherAddress() {
        try (UdpClient other = clientAt(OTHER_IPV4)) {
            long id = other.connect();

            assertThat(client.ask(peer(7001).bytes(id)).error()).isEqualTo("Connection ID mismatch");
            assertThat(other.ask(peer(7001).bytes(id)).action()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0x41727101980L, Long.MIN_VALUE})
    void refusesAnIdThatNobodyMade(long id) {
        assertThat(client.ask(peer(7001).bytes(id)).error()).isEqualTo("Connection ID mismatch");
        assertThat(client.scrape(id, hash).error()).isEqualTo("Connection ID mismatch");
    }

    @Test
    void saysNothingToWhatIsNoPacketOfTheProtocol() {
        long id = client.connect();
        assertThat(client.isIgnored(new byte[0])).as("empty").isTrue();
        assertThat(client.isIgnored(new byte[15])).as("too short").isTrue();
        assertThat(client.isIgnored(new byte[16]))
                .as("connect without its magic")
                .isTrue();
        assertThat(client.isIgnored(new byte[3000])).as("too long").isTrue();
        assertThat(client.isIgnored(Arrays.copyOf(peer(7001).bytes(id), 97)))
                .as("announce cut short")
                .isTrue();
        ByteBuffer unknown = ByteBuffer.allocate(98).putLong(id).putInt(9);
        assertThat(client.isIgnored(unknown.array())).as("unknown action").isTrue();
        assertThat(client.announce(peer(7001)).action()).as("still there").isEqualTo(1);
    }

    @Test
    void refusesPortZeroUnlessThePeerStops() {
        assertThat(client.announce(peer(0)).error()).isEqualTo("Invalid port");
        assertThat(client.announce(peer(0).event(3)).action()).isEqualTo(1);
    }

    @Test
    void keepsEveryByteValueOfAnInfoHashAtEveryPosition() {
        long id = client.connect();
        for (int position = 0; position < 20; position++) {
            for (int value = 0; value < 256; value++) {
                byte[] name = Bytes.repeat((byte) 0x77, 20).toArray();
                name[position] = (byte) value;
                Bytes each = Bytes.wrap(name);
                client.ask(Packet.announce(each, 7001).left(0).bytes(id));
                Reply found = client.scrape(id, each);
                assertThat(found.number(0)).as("seeders of %s", each).isEqualTo(1);
                client.ask(Packet.announce(each, 7001).left(0).event(3).bytes(id));
            }
        }
    }
}
