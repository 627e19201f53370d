package io.pbts.announce.swarm.valkey;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.TrackerFixture;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Clients that announce again and again, every other one to a node that ends meanwhile. Whoever is cut off goes to the node that
 * stays, as a client does with its next tracker. Each client expects to be told of all others in its swarm.
 */
final class AnnouncingClients {
    private static final int PER_SWARM = 8;
    private static final int THREADS = 4;
    private static final Duration PAUSE = Duration.ofMillis(3); // or one address would ask too often

    private final TrackerFixture stays;
    private final TrackerFixture ends;
    private final int clients;
    private final AtomicLong announces = new AtomicLong();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile boolean over;

    AnnouncingClients(TrackerFixture stays, TrackerFixture ends, int swarms) {
        this.stays = stays;
        this.ends = ends;
        clients = swarms * PER_SWARM;
    }

    /** Lets all of them announce for so long; the second node ends at half time. Answers what went wrong. */
    List<String> run(Duration time) throws InterruptedException {
        IntStream.range(0, clients).forEach(client -> (client % 2 == 0 ? stays : ends)
                .get(announce(client).target()));
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> Thread.ofVirtual().start(() -> announceUntilOver(thread)))
                .toList();
        Thread.sleep(time.dividedBy(2));
        ended = true;
        ends.close();
        Thread.sleep(time.dividedBy(2));
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(complaints);
    }

    int clients() {
        return clients;
    }

    /** Answered ones, without those of the beginning. */
    long announces() {
        return announces.get();
    }

    static Bytes swarm(int client) {
        return Bytes.concatenate(Bytes.ofUnsignedInt(client / PER_SWARM), Bytes.repeat((byte) 0x5D, 16));
    }

    static Announce announce(int client) {
        return Announce.of(swarm(client), 10_000 + client);
    }

    static int othersInASwarm() {
        return PER_SWARM - 1;
    }

    private void announceUntilOver(int thread) {
        try (var first = new Line(stays);
                var second = new Line(ends)) {
            for (int client = thread; !over; client = client + THREADS < clients ? client + THREADS : thread) {
                Bencoded answer = client % 2 == 0 || ended ? first.ask(client) : secondOrFirst(second, first, client);
                announces.incrementAndGet();
                if (answer.failure().isPresent() || answer.ports().size() != othersInASwarm()) {
                    complaints.add("client %d: %s".formatted(client, answer));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException | RuntimeException failed) {
            complaints.add("thread %d: %s".formatted(thread, failed));
        }
    }

    private Bencoded secondOrFirst(Line second, Line first, int client) throws IOException {
        try {
            return second.ask(client);
        } catch (EOFException | SocketException cutOff) {
            if (!ended) {
                throw cutOff;
            }
            return first.ask(client);
        }
    }

    /** A connection that stays open, to a node. */
    private static final class Line implements AutoCloseable {
        private final TrackerFixture node;
        private final List<RawClient> open = new ArrayList<>();
        private @Nullable RawClient current;

        Line(TrackerFixture node) {
            this.node = node;
        }

        Bencoded ask(int client) throws IOException {
            if (current == null) {
                current = new RawClient(node.direct());
                open.add(current);
            }
            return current.get(announce(client).target()).body();
        }

        @Override
        public void close() throws IOException {
            for (RawClient each : open) {
                each.close();
            }
        }
    }
}
