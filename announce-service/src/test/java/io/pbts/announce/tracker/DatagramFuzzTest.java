package io.pbts.announce.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.testing.Mutations;
import io.pbts.announce.testing.Torrents;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.torrent.Metainfo;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a packet holds: no exception, and every answer is one of BEP 15's with the request's transaction id. */
class DatagramFuzzTest {
    private static final Passkey PASSKEY = TrackerFixture.newPasskey();
    private static final int PACKETS = 60_000;

    private static List<byte[]> corpus(Bytes hash) {
        String url = "/" + PASSKEY.value() + "/announce";
        byte[] scrape = new byte[16 + 3 * 20];
        ByteBuffer.wrap(scrape).putInt(8, 2).put(16, hash.toArrayUnsafe()).put(36, hash.toArrayUnsafe());
        return List.of(
                Packet.announce(hash, 6881).bytes(1),
                Packet.announce(hash, 6881).left(0).event(1).url(url).bytes(2),
                Packet.announce(hash, 0).event(3).raw(1, 1).url(url).raw(0).bytes(3),
                Packet.announce(hash, 6882)
                        .wanted(3)
                        .url("/announce?passkey=" + PASSKEY.value() + "&user_id=alice")
                        .bytes(4),
                scrape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void answersOrIgnoresEveryPacket(String profile) throws Exception {
        try (var fixture = new TrackerFixture(profile)) {
            fixture.reputation().set(1, "alice", true, "1.00", 0, PASSKEY);
            byte[] file = Torrents.ofName("fuzz", 1);
            fixture.upload(file, "X-PBTS-Passkey", PASSKEY.value());
            Bytes hash = Metainfo.parse(file).v1().orElseThrow().infoHash().bytes();
            var mutations = new Mutations(corpus(hash), new SplittableRandom(20_261_128));
            Tracker tracker = fixture.bean(Tracker.class);
            DatagramExchange exchange = tracker.newDatagramExchange(new SplittableRandom(4), PasskeyLimit.NONE);
            int[] answers = new int[4];
            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = mutations.next();
                int length = Math.min(packet.length, DatagramExchange.MAX_PACKET);
                if (length >= 16) {
                    System.arraycopy(packet, 0, exchange.packet(), 0, length);
                    exchange.request(length, client(i), null);
                    if (tracker.serve(exchange) == Served.ANSWERED) {
                        answers[checked(exchange, i % 2 == 0 ? 6 : 18)]++;
                    }
                }
            }
            assertThat(answers[1]).as("announces").isGreaterThan(PACKETS / 100);
            assertThat(answers[3]).as("errors").isGreaterThan(PACKETS / 100);
            assertThat(answers[2]).as("scrapes").isGreaterThan(profile.equals("local") ? PACKETS / 100 : -1);
            assertThat(fixture.bean(Swarms.class).totals().swarms())
                    .isLessThanOrEqualTo(profile.equals("local") ? PACKETS : 1);
        }
    }

    private static PeerAddress client(int i) {
        return PeerAddress.of(InetAddress.ofLiteral(i % 2 == 0 ? "198.51.100.77" : "2001:db8::77"));
    }

    private static int checked(DatagramExchange exchange, int record) {
        ByteBuffer answer = ByteBuffer.wrap(exchange.answer(), 0, exchange.answerLength());
        int action = answer.getInt(0);
        assertThat(answer.getInt(4))
                .isEqualTo(ByteBuffer.wrap(exchange.packet()).getInt(12));
        int rest = answer.limit() - 8;
        switch (action) {
            case 1 -> assertThat((rest - 12) % record).isZero();
            case 2 -> assertThat(rest % 12).isZero();
            case 3 -> assertThat(rest).isPositive();
            default -> throw new AssertionError("no answer of BEP 15: " + action);
        }
        return action;
    }
}
