package io.pbts.receipt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.support.testing.TestKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole receipt service on a real database, with its neighbours' HTTP and peers who sign. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(RunningTracker.StoppedClock.class)
public abstract class RunningTracker {
    protected static final World WORLD = World.create();
    protected static final Neighbours NEIGHBOURS = new Neighbours();
    protected static final Path SECRETS = TestKeys.secretsFor("receipt", World.secrets());
    protected static final long PIECE = 256L << 10;
    protected static final long LAST_PIECE = 1000;
    protected static final TestTorrent TORRENT =
            NEIGHBOURS.add(TestTorrent.v1("linux.iso", 400, PIECE, 399 * PIECE + LAST_PIECE));
    protected static final TestTorrent HYBRID = NEIGHBOURS.add(TestTorrent.hybrid("hybrid", 4, PIECE, 4 * PIECE));

    protected Http http;
    protected Peer sender;
    protected Peer receiver;

    /** The tracker's time is the one that drafts are signed at. */
    @TestConfiguration(proxyBeanMethods = false)
    static class StoppedClock {
        @Bean
        Clock clock() {
            return World.CLOCK;
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        WORLD.postgres().register(registry);
        NEIGHBOURS.register(registry);
        registry.add("pbts.secrets-dir", SECRETS::toString);
        registry.add("pbts.facts.fresh", () -> "50ms");
        registry.add("pbts.facts.absent-for", () -> "50ms");
    }

    @BeforeEach
    void peers(@LocalServerPort int port) {
        http = new Http(port);
        sender = NEIGHBOURS.add(WORLD.peer(World.GIB));
        receiver = NEIGHBOURS.add(WORLD.peer(World.GIB));
    }

    @AfterEach
    void allBack() {
        NEIGHBOURS.comeBack();
    }

    protected Draft draft(int piece) {
        return Draft.of(sender, receiver, TORRENT.v1(), piece);
    }

    protected Reply report(Registered caller, Object... receipts) {
        return http.post(
                "/report",
                Map.of("user_id", caller.name(), "receipts", receipts),
                "X-PBTS-Passkey",
                caller.passkey().value());
    }

    /** Posts a receipt together with a good one, which must count, and returns the code of the first. */
    protected String reportBesideAGoodOne(Object receipt) {
        Peer other = NEIGHBOURS.add(WORLD.peer(World.GIB));
        Reply reply =
                report(sender, receipt, Draft.of(sender, other, TORRENT.v1(), 0).v2());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.codes()).hasSize(2).element(1).isEqualTo("credited");
        return reply.codes().getFirst();
    }

    protected static String result(Reply reply, int index, String field) {
        return reply.json().path("results").get(index).path(field).asString();
    }

    protected static List<Long> waiting() {
        return WORLD.numbers("""
                select pid from pg_stat_activity
                 where datname = current_database() and usename = 'receipt_app' and wait_event_type = 'Lock'""");
    }

    protected static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not after 30 s").isLessThan(end);
            pause();
        }
    }

    protected static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(80));
    }
}
