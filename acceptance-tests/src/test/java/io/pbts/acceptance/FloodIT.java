package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One member floods with ten times what the others send: bad signatures, which cost a pairing each when they are checked, and
 * announces. The suite runs as operators run it, in profile {@code production} with its own limits; the others keep their pace
 * and the services their memory. What a first start does once (start-up caches, compilation) is over before it begins.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodIT {
    private static final int PIECE = 16 * 1024;
    /** So many communities for so long are some 25,000 calls: what a suite that has run for an hour has long compiled. */
    private static final int WARM_UP_COMMUNITIES = 8;

    private static final Duration WARM_UP = Duration.ofSeconds(100);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration FLOOD = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final double P99_MS = 100;
    private static final int TIMES = 10;
    /** The flood keeps a little ahead of what is asserted, and not further: more would be another test. */
    private static final int MOST_TIMES = 12;
    /** A service's heap may have 144 MiB ({@code local-stack}); code, threads and buffers come to as much again. */
    private static final long MIB_PER_SERVICE = 420;

    @TempDir
    private Path folder;

    private Stack stack;

    @BeforeAll
    void start() {
        stack = Stack.start(
                "production", Map.of("INITIAL_CREDIT_POLICY", "always", "PBTS_PRIVATE_NETWORKS", "127.0.0.0/8"));
    }

    @AfterAll
    void stop() {
        stack.stop();
    }

    @Test
    void othersKeepTheirPaceWhileOneKeyFloodsWithBadSignaturesAndOnePasskeyWithAnnounces() throws Exception {
        var honest = HonestTraffic.prepare(stack, folder, "flood", "127.46.1", 400);
        var signatures = badReports();
        var announces = announces();
        stack.awaitStartupCaches();
        warmUp();
        honest.start();
        Await.pass(REST);
        honest.forget();

        var over = new AtomicBoolean();
        List<Flood> floods = List.of(
                new Flood("bad signatures", 4, over, signatures, () -> honest.count("report")),
                new Flood("announces (gateway)", 12, over, announces.get(0), () -> honest.count("announce (gateway)")),
                new Flood("announces (direct)", 12, over, announces.get(1), () -> honest.count("announce (direct)")));
        try (var attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            floods.forEach(flood -> flood.start(attackers));
            Await.pass(FLOOD);
            over.set(true);
        }
        HonestTraffic.Outcome outcome = honest.stop();
        Map<String, Long> memory = memory();
        System.out.printf(
                "flood of %s:%n%s%nothers in the same run:%n%s%nresident MiB: %s%n", FLOOD, floods, outcome, memory);

        assertThat(outcome.failures()).isEmpty();
        assertFlooded(floods.get(0), outcome.count("report"));
        assertFlooded(floods.get(1), outcome.count("announce (gateway)"));
        assertFlooded(floods.get(2), outcome.count("announce (direct)"));
        assertThat(floods.get(0).answers).as("bad signatures are turned away").containsKey("429");
        for (String kind : List.of("announce (gateway)", "announce (direct)", "report", "register")) {
            assertThat(outcome.count(kind)).as(kind).isGreaterThanOrEqualTo(8);
        }
        // Twelve registrations have no 99th percentile of their own; all calls of all others together do.
        assertThat(outcome.p99Millis()).as("p99 of the others").isLessThan(P99_MS);
        assertThat(memory.values()).allMatch(mib -> mib < MIB_PER_SERVICE);
    }

    private void warmUp() {
        List<HonestTraffic> communities = IntStream.range(0, WARM_UP_COMMUNITIES)
                .mapToObj(i -> HonestTraffic.prepare(stack, folder, "flood-before-" + i, "127.46." + (10 + i), 400))
                .toList();
        communities.forEach(HonestTraffic::start);
        Await.pass(WARM_UP);
        communities.forEach(community -> assertThat(community.stop().failures()).isEmpty());
    }

    private static void assertFlooded(Flood flood, int honest) {
        assertThat(flood.sent.get())
                .as("%s against %d honest calls", flood, honest)
                .isGreaterThanOrEqualTo(TIMES * honest);
        assertThat(flood.answers.keySet())
                .as(flood.toString())
                .noneMatch(answer -> answer.startsWith("5") && !answer.startsWith("503"));
    }

    private Attack badReports() throws Exception {
        Http gateway = stack.gateway().from("127.46.2.1");
        Member flooder = Member.register(gateway, "flood-signatures");
        Member receiver = Member.register(gateway, "flood-victim");
        Dataset data = Dataset.create(
                Files.createTempDirectory(folder, "bad"),
                "bad.bin",
                64L * PIECE,
                PIECE,
                "http://tracker.invalid/announce");
        data.registerAs(flooder).expect(201);
        var receipts = HonestReceipts.of(gateway, flooder, receiver, data);
        List<Map<String, Object>> bad = new ArrayList<>();
        for (int piece = 0; piece < 4; piece++) {
            bad.add(receipts.badReceipt(piece));
        }
        return () -> String.valueOf(receipts.report(gateway, bad).status());
    }

    /** The same passkey through the gateway and at the tracker's own port. */
    private List<Attack> announces() {
        Http gateway = stack.gateway().from("127.46.3.1");
        Member flooder = Member.register(gateway, "flood-announces");
        Dataset data = Dataset.create(folder, "flooded.bin", PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(flooder).expect(201);
        Http direct = new Http(java.net.URI.create("http://127.0.0.1:" + stack.announcePort())).from("127.46.3.2");
        return List.of(announce(gateway, flooder, data), announce(direct, flooder, data));
    }

    private static Attack announce(Http door, Member flooder, Dataset data) {
        String path = "/%s/announce?info_hash=%s&peer_id=-AT0001-000000006881&port=6881&left=0"
                .formatted(flooder.passkey(), Tracker.escaped(data.infoHash()));
        return () -> {
            Http.Answer answer = door.get(path);
            String failure = answer.status() == 200
                    ? Tracker.dictionary(answer.body()).text("failure reason").orElse("peers")
                    : "";
            return answer.status() + " " + failure.replaceAll("\\d+", "N");
        };
    }

    private interface Attack {
        /** Answers what it was answered. */
        String call();
    }

    /** One kind of attack by several connections, each as fast as it is answered while the others' calls keep up. */
    private static final class Flood {
        private final String name;
        private final int connections;
        private final AtomicBoolean over;
        private final Attack attack;
        private final IntSupplier honest;
        private final AtomicInteger sent = new AtomicInteger();
        private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

        Flood(String name, int connections, AtomicBoolean over, Attack attack, IntSupplier honest) {
            this.name = name;
            this.connections = connections;
            this.over = over;
            this.attack = attack;
            this.honest = honest;
        }

        void start(ExecutorService threads) {
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> {
                    while (!over.get()) {
                        if (sent.get() < MOST_TIMES * (honest.getAsInt() + 1)) {
                            sent.incrementAndGet();
                            answers.merge(answer(), 1, Integer::sum);
                        }
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                });
            }
        }

        private String answer() {
            try {
                return attack.call();
            } catch (java.io.UncheckedIOException | AssertionError refused) {
                return "refused";
            }
        }

        @Override
        public String toString() {
            return "%s: %d sent, answered %s".formatted(name, sent.get(), answers);
        }
    }

    private Map<String, Long> memory() {
        Map<String, Long> memory = new TreeMap<>();
        Part.all(stack).forEach(part -> memory.put(part.service(), part.residentMib()));
        return memory;
    }
}
