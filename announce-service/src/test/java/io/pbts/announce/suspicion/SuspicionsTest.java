package io.pbts.announce.suspicion;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.accounting.Claims;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SuspicionsTest {
    private static final long MIB = 1 << 20;

    private final SettableClock clock = new SettableClock();
    private final Suspicions suspicions = new Suspicions(
            new SuspicionProperties(DataSize.ofMegabytes(16), 12, 3, 100),
            new AddressSketch(new KeyedHash(1, 2), 100),
            clock);
    private final Selection swarm = new Selection(1, new SplittableRandom(1));
    private final Announcement announcement = new Announcement();

    private static Standing member(long account) {
        return new Standing(account, "member-" + account, true, "", null, List.of(), List.of());
    }

    private static PeerAddress address(int host) {
        return PeerAddress.ofBytes(new byte[] {(byte) 198, 51, (byte) (host >>> 8), (byte) host});
    }

    /** An announce of a swarm with so many leechers, half an hour after the one before. */
    private void announce(long account, boolean seeds, int leechers, long up, long moreUp) {
        swarm.counts(1, leechers, 0);
        announcement.seeding(seeds);
        suspicions.look(member(account), announcement, address(1), up, 0, Claims.of(moreUp, 0, 1800), swarm);
    }

    private List<Kind> kinds() {
        return suspicions.latest(10).stream().map(Suspect::last).toList();
    }

    @Test
    void noticesAnUploadThatNobodyCanHaveTaken() {
        announce(1, true, 1, 100 * MIB, 100 * MIB);
        announce(1, true, 0, 10 * MIB, 10 * MIB);
        assertThat(kinds()).isEmpty();
        announce(1, true, 0, 116 * MIB, 16 * MIB);
        assertThat(kinds()).containsExactly(Kind.UPLOAD_WITHOUT_LEECHERS);
        assertThat(suspicions.latest(1).getFirst().bytes()).isEqualTo(16 * MIB);
    }

    @Test
    void noticesMoreThanAnyLineCarries() {
        announce(1, true, 1, 3000 * (1L << 30), 3000 * (1L << 30));
        assertThat(kinds()).containsExactly(Kind.IMPOSSIBLE_SPEED);
    }

    @Test
    void noticesASeederThatNeverHadNorGaveAnything() {
        announce(1, true, 0, 0, 0);
        announce(1, false, 2, 0, 0);
        announce(1, true, 2, 5, 0);
        assertThat(kinds()).isEmpty();
        announce(1, true, 2, 0, 0);
        assertThat(kinds()).containsExactly(Kind.GHOST_SEEDER);
    }

    @Test
    void noticesAnAccountAtManyAddressesOnceADay() {
        swarm.counts(1, 1, 0);
        for (int day = 0; day < 2; day++) {
            for (int round = 0; round < 2; round++) {
                for (int host = 0; host < 40; host++) {
                    suspicions.look(member(1), announcement, address(host), 1, 1, Claims.of(0, 0, 1800), swarm);
                    suspicions.look(member(2), announcement, address(host % 8), 1, 1, Claims.of(0, 0, 1800), swarm);
                }
            }
            clock.advance(Duration.ofDays(1));
        }
        assertThat(suspicions.latest(10)).hasSize(1);
        assertThat(suspicions.latest(1).getFirst().counts()).containsEntry(Kind.MANY_ADDRESSES, 2L);
    }

    @Test
    void keepsCountsOfBoundedlyManyAccountsTheLatestFirst() {
        for (long account = 1; account <= 5; account++) {
            for (long times = 0; times < account; times++) {
                announce(account, true, 2, 0, 0);
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(suspicions.latest(10)).extracting(Suspect::accountId).containsExactly(5L, 4L, 3L);
        assertThat(suspicions.latest(1).getFirst().counts()).containsEntry(Kind.GHOST_SEEDER, 5L);
        assertThat(suspicions.latest(2)).hasSize(2);
    }
}
