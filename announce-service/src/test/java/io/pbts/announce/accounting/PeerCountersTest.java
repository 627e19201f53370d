package io.pbts.announce.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.PeerAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCountersTest {
    private static final long TEN_GBIT = 1_250_000_000L;

    private final PeerCounters counters = new PeerCounters(new KeyedHash(1, 2), 10_000, Duration.ofDays(21));
    private final Claim claim = new Claim();

    private static Announcement peer(long account, int swarm, int id, String address) {
        var announcement = new Announcement();
        announcement.swarm().read(ByteBuffer.allocate(20).putInt(swarm).array(), 0);
        announcement.peerIdFrom(ByteBuffer.allocate(20).putInt(16, id).array(), 0);
        announcement.at(PeerAddress.of(InetAddress.ofLiteral(address)), 6881);
        announcement.by(account);
        return announcement;
    }

    private Claim announce(int id, long up, long down, int now) {
        counters.announce(peer(1, 1, id, "198.51.100.1"), up, down, now, claim);
        return claim;
    }

    private void requireClaim(long up, long down) {
        assertThat(claim.up()).isEqualTo(up);
        assertThat(claim.down()).isEqualTo(down);
    }

    @Test
    void aFirstAnnounceAddsNothingAndLaterOnesWhatIsNew() {
        announce(1, 5000, 7000, 10);
        requireClaim(0, 0);
        assertThat(claim.isKnown()).isFalse();
        announce(1, 5100, 7300, 1810);
        requireClaim(100, 300);
        assertThat(claim.isKnown()).isTrue();
        assertThat(claim.seconds()).isEqualTo(1800);
        announce(1, 5100, 7300, 3600);
        requireClaim(0, 0);
    }

    @ParameterizedTest
    @CsvSource({"4999, 7000", "5000, 6999", "0, 0", "4000, 8000"})
    void countersThatWentBackwardsAddNothingAndBeginAnew(long up, long down) {
        announce(1, 5000, 7000, 10);
        announce(1, up, down, 20);
        requireClaim(0, 0);
        assertThat(claim.isImpossible()).isFalse();
        announce(1, up + 3, down + 4, 30);
        requireClaim(3, 4);
    }

    @Test
    void oneAnnounceOverTwoAddressFamiliesCountsOnce() {
        announce(1, 0, 0, 10);
        announce(1, 10, 20, 20);
        requireClaim(10, 20);
        counters.announce(peer(1, 1, 1, "2001:db8::1"), 10, 20, 20, claim);
        requireClaim(0, 0);
    }

    @Test
    void keepsPeersSwarmsAndAccountsApart() {
        announce(1, 0, 0, 10);
        announce(2, 500, 500, 10);
        requireClaim(0, 0);
        counters.announce(peer(2, 1, 1, "198.51.100.1"), 500, 500, 10, claim);
        requireClaim(0, 0);
        counters.announce(peer(1, 2, 1, "198.51.100.1"), 500, 500, 10, claim);
        requireClaim(0, 0);
        assertThat(counters.size()).isEqualTo(4);
    }

    @Test
    void anUploadThatNoLineCarriesIsNothingAndADownloadWhatTheLineCarries() {
        announce(1, 0, 0, 10);
        announce(1, 100 * TEN_GBIT, 100 * TEN_GBIT, 19);
        requireClaim(0, 10 * TEN_GBIT);
        assertThat(claim.isImpossible()).isTrue();
        announce(1, 101 * TEN_GBIT, 101 * TEN_GBIT, 20);
        requireClaim(TEN_GBIT, TEN_GBIT);
        assertThat(claim.isImpossible()).isFalse();
    }

    @Test
    void overflowsNowhere() {
        announce(1, 0, 0, 0);
        announce(1, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(claim.up()).isNotNegative();
        assertThat(claim.down()).isNotNegative();
        announce(2, 0, 0, 0);
        announce(2, Long.MAX_VALUE, Long.MAX_VALUE, 1);
        requireClaim(0, 2 * TEN_GBIT);
        announce(2, Long.MAX_VALUE, Long.MAX_VALUE, 2);
        requireClaim(0, 0);
    }

    @Test
    void remembersASilentPeerForItsTimeAndNoLonger() {
        announce(1, 0, 0, 0);
        announce(1, 10, 10, 21 * 86_400);
        requireClaim(10, 10);
        announce(1, 20, 20, 42 * 86_400 + 1);
        requireClaim(0, 0);
    }

    @Test
    void forgetsTheLongestSilentWhenTooManyCome() {
        for (int id = 1; id <= 100_000; id++) {
            announce(id, 0, 0, id);
        }
        assertThat(counters.size()).isBetween(5000, 10_100);
        announce(100_000, 5, 5, 100_001);
        requireClaim(5, 5);
        announce(1, 5, 5, 100_001);
        requireClaim(0, 0);
    }

    @Test
    void takesAboutThirtyBytesForAPeer() {
        int peers = 400_000;
        long before = used();
        var many = new PeerCounters(new KeyedHash(3, 4), 2 * peers, Duration.ofDays(21));
        for (int id = 1; id <= peers; id++) {
            many.announce(peer(1, 1, id, "198.51.100.1"), 1, 1, 1, claim);
        }
        double bytes = (double) (used() - before) / peers;
        assertThat(many.size()).isEqualTo(peers);
        assertThat(bytes).as("bytes per peer").isBetween(20.0, 40.0);
        assertThat(many.size()).as("kept until now").isEqualTo(peers);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
