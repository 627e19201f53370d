package io.pbts.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6881);

    private final Candidates candidates = new Candidates();

    private boolean isCalledAfter(Duration since) {
        return candidates.next(1 + since.toNanos()).isPresent();
    }

    @Test
    void whoDoesNotAnswerIsCalledAgainSoonThenLaterAndAtLastForgotten() {
        candidates.add(List.of(ADDRESS));
        Duration now = Duration.ZERO;
        assertThat(isCalledAfter(now)).isTrue();
        for (int pause = 5; pause <= 320; pause *= 2) {
            candidates.failed(ADDRESS, 1 + now.toNanos());
            assertThat(isCalledAfter(now.plusSeconds(pause - 1)))
                    .as("after %d s", pause)
                    .isFalse();
            now = now.plusSeconds(pause);
            assertThat(isCalledAfter(now)).as("after %d s", pause).isTrue();
        }
        candidates.failed(ADDRESS, 1 + now.toNanos());
        assertThat(isCalledAfter(now.plusDays(1))).isFalse();
        candidates.add(List.of(ADDRESS));
        assertThat(isCalledAfter(now.plusDays(1))).as("a tracker names it anew").isTrue();
    }

    @Test
    void whoWasBannedIsNeverCalledAgainWhoeverNamesIt() {
        candidates.add(List.of(ADDRESS));
        candidates.ban(ADDRESS);
        candidates.add(List.of(ADDRESS));
        assertThat(isCalledAfter(Duration.ZERO)).isFalse();
    }
}
