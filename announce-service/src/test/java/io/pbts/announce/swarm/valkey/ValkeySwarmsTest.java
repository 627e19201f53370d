package io.pbts.announce.swarm.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Swarms.Taken;
import io.pbts.announce.swarm.SwarmsContract;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.testing.TestValkey;
import io.pbts.support.FactUnavailable;
import io.pbts.support.secret.MountedSecrets;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The same contract as in memory, on a real server. */
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no Valkey, says so in its summary, and fails in CI")
class ValkeySwarmsTest extends SwarmsContract {
    private static TestValkey server;
    private static RedisClient client;
    private static StatefulRedisConnection<byte[], byte[]> connection;

    @BeforeAll
    static void start(@TempDir Path noSecrets) {
        server = new TestValkey();
        client = ValkeyConfiguration.valkeyClient(
                new ValkeyProperties(server.url(), Duration.ofSeconds(1)), new MountedSecrets(noSecrets, true));
        connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    @AfterAll
    static void stop() {
        connection.close();
        client.shutdown();
        server.close();
    }

    @Override
    protected Swarms create(SwarmProperties properties, Tallies tallies, Clock clock) {
        assertThat(connection.sync().flushall()).isEqualTo("OK");
        return new ValkeySwarms(connection, properties, tallies, clock);
    }

    @Override
    protected void tidyUp(Swarms store) {
        ((ValkeySwarms) store).sweep();
    }

    @Override
    protected int steps() {
        return 6_000;
    }

    @Override
    protected SwarmTotals totalsOf(Swarms store) {
        tidyUp(store);
        return store.totals();
    }

    @Test
    void saysThatTheStoreIsAwayAndGoesOnWhenItIsBackWithoutAnybodysHelp() {
        Swarms swarms = create(
                new SwarmProperties(Duration.ofMinutes(30), 1000, 1000, 3, 16), new Tallies(), Clock.systemUTC());
        var selection = new Selection(50, new SplittableRandom(1));
        assertThat(announced(swarms, leecher(1), selection)).isEqualTo(Taken.DONE);
        server.kill();
        await("the server is missed").until(() -> announced(swarms, leecher(2), selection) == Taken.AWAY);
        assertThatThrownBy(() -> swarms.count(new SwarmKey())).isInstanceOf(FactUnavailable.class);
        server.restart();
        await("the server is back").until(() -> announced(swarms, leecher(3), selection) == Taken.DONE);
        assertThat(announced(swarms, leecher(4), selection)).isEqualTo(Taken.DONE);
        assertThat(selection.ipv4Peers()).isPositive();
    }

    private static Announcement leecher(int port) {
        var announcement = new Announcement();
        announcement.at(PeerAddress.of(InetAddress.ofLiteral("198.51.100.7")), port);
        announcement.change(Change.PRESENT);
        announcement.wanted(50);
        return announcement;
    }
}
