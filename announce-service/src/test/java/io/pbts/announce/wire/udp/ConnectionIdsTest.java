package io.pbts.announce.wire.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.testing.SettableClock;
import io.pbts.support.secret.Secret;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionIdsTest {
    private static final String OLD_KEY = "11".repeat(32);
    private static final String NEW_KEY = "22".repeat(32);

    private final SettableClock clock = new SettableClock();
    private final ConnectionIds ids = idsUnder(OLD_KEY);

    private ConnectionIds idsUnder(String... keys) {
        ConnectionIdKeys parsed = ConnectionIdKeys.read(Secret.of(String.join("\n", keys)));
        return new ConnectionIds(() -> parsed, clock);
    }

    private static PeerAddress at(String address) {
        return PeerAddress.of(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
    void isGoodForAtLeastTwoMinutesAndAtMostTen(String address) {
        for (int started = 0; started < 120; started++) {
            clock.advance(Duration.ofSeconds(1));
            var then = new SettableClock();
            then.advance(Duration.between(then.instant(), clock.instant()));
            ConnectionIds here = new ConnectionIds(() -> ConnectionIdKeys.read(Secret.of(OLD_KEY)), then);
            long id = here.issue(at(address));

            then.advance(Duration.ofMinutes(8));
            assertThat(here.isGood(id, at(address))).as("after 8 minutes").isTrue();
            then.advance(Duration.ofMinutes(2));
            assertThat(here.isGood(id, at(address))).as("after 10 minutes").isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.8", "2001:db8::7", "::c000:207"})
    void isGoodAtNoOtherAddress(String other) {
        assertThat(ids.isGood(ids.issue(at("192.0.2.7")), at(other))).isFalse();
    }

    @Test
    void isNotGoodWithAnyBitChanged() {
        long id = ids.issue(at("192.0.2.7"));
        for (int bit = 0; bit < 64; bit++) {
            assertThat(ids.isGood(id ^ (1L << bit), at("192.0.2.7")))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void isGoodAtAnotherNodeWithTheSameKeysAndNotWithOthers() {
        long id = ids.issue(at("192.0.2.7"));

        assertThat(idsUnder(OLD_KEY).isGood(id, at("192.0.2.7"))).isTrue();
        assertThat(idsUnder(NEW_KEY).isGood(id, at("192.0.2.7"))).isFalse();
    }

    @Test
    void staysGoodWhileItsKeyIsBeingReplaced() {
        long id = ids.issue(at("192.0.2.7"));
        ConnectionIds rotated = idsUnder(NEW_KEY, OLD_KEY);

        assertThat(rotated.isGood(id, at("192.0.2.7"))).isTrue();
        assertThat(ids.isGood(rotated.issue(at("192.0.2.7")), at("192.0.2.7")))
                .as("handed out under the new key")
                .isFalse();
    }

    @Test
    void doesNotComeBackToLifeWhenItsStampDoes() {
        long id = ids.issue(at("192.0.2.7"));

        clock.advance(Duration.ofMinutes(2).multipliedBy(65_536));

        assertThat(ids.isGood(id, at("192.0.2.7"))).isFalse();
    }

    @Test
    void showsNoKey() {
        assertThat(ConnectionIdKeys.read(Secret.of(OLD_KEY))).hasToString("[REDACTED]");
    }
}
