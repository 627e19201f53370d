package io.pbts.announce.rejection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.testing.SettableClock;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private final SettableClock clock = new SettableClock();
    private final Rejections rejections = new Rejections(new RejectionProperties(3, 2, Duration.ofDays(1)), clock);
    private final Announcement announcement = new Announcement();

    private void reject(long account, String address, int port, String peerId) {
        announcement.peerIdFrom(peerId.getBytes(US_ASCII), 0);
        rejections.keep(account, announcement, PeerAddress.of(InetAddress.ofLiteral(address)), port, "because");
        clock.advance(Duration.ofSeconds(1));
    }

    private void reject(long account, int port) {
        reject(account, "198.51.100.1", port, "-TR4050-abcdefghijkl");
    }

    @Test
    void keepsTheLastOfAnAccountTheLatestFirst() {
        for (int port = 1; port <= 5; port++) {
            reject(1, port);
        }
        assertThat(rejections.of(1)).extracting(Rejection::port).containsExactly(5, 4, 3);
        assertThat(rejections.of(2)).isEmpty();
    }

    @Test
    void countsWhatIsRejectedAgainAndAgainOnce() {
        for (int i = 0; i < 10; i++) {
            reject(1, 7);
        }
        assertThat(rejections.of(1)).singleElement().satisfies(rejection -> {
            assertThat(rejection.times()).isEqualTo(10);
            assertThat(rejection.at()).isEqualTo(clock.instant().minusSeconds(1));
        });
    }

    @Test
    void showsFamilyAndClientButNoAddress() {
        reject(1, "2001:db8::1", 7, "-TR\u00014\"\\-abcdefghijkl");
        assertThat(rejections.of(1)).singleElement().satisfies(rejection -> {
            assertThat(rejection.family()).isEqualTo("ipv6");
            assertThat(rejection.client()).isEqualTo("-TR.4\"\\-");
            assertThat(rejection.toString()).doesNotContain("2001", "abcd");
        });
    }

    @Test
    void forgetsAfterADayAndOfTooManyAccountsTheOldest() {
        reject(1, 7);
        reject(2, 7);
        reject(1, 8);
        reject(3, 7);
        assertThat(rejections.of(2)).isEmpty();
        assertThat(rejections.of(1)).hasSize(2);
        clock.advance(Duration.ofDays(1));
        assertThat(rejections.of(1)).isEmpty();
        assertThat(rejections.of(3)).isEmpty();
    }
}
