package io.pbts.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What honest callers do while somebody attacks: announce by both ports, report receipts that earn, register. Each works
 * from an address of his own at a steady pace, and everything that he is answered is kept.
 */
final class HonestTraffic {
    private static final int PIECE = 16 * 1024;
    private static final Duration ANNOUNCE_PAUSE = Duration.ofMillis(50);
    private static final Duration REPORT_PAUSE = Duration.ofMillis(400);
    private static final Duration REGISTER_PAUSE = Duration.ofMillis(1_200);

    private final Stack stack;
    private final String name;
    private final String network;
    private final HonestReceipts receipts;
    private final Dataset data;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, List<Long>> nanosByKind = new ConcurrentHashMap<>();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    private HonestTraffic(Stack stack, String name, String network, HonestReceipts receipts, Dataset data) {
        this.stack = stack;
        this.name = name;
        this.network = network;
        this.receipts = receipts;
        this.data = data;
    }

    /**
     * Prepares the callers.
     *
     * @param network the first three numbers of the loopback addresses that they call from
     */
    static HonestTraffic prepare(Stack stack, Path folder, String name, String network, int reports) {
        Http gateway = stack.gateway().from(network + ".1");
        Member sender = Member.register(gateway, name + "-sender");
        Dataset data =
                Dataset.create(folder, name + ".bin", (long) reports * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(sender).expect(201);
        Member receiver = Member.register(gateway, name + "-receiver");
        return new HonestTraffic(stack, name, network, HonestReceipts.of(gateway, sender, receiver, data), data);
    }

    /** Starts them; {@link #stop()} ends it. */
    HonestTraffic start() {
        announce("announce (gateway)", 11, "http://127.0.0.1:" + stack.port());
        announce("announce (direct)", 12, "http://127.0.0.1:" + stack.announcePort());
        Http reporting = stack.gateway().from(network + ".13");
        repeat("report", REPORT_PAUSE, data.pieces().size(), turn -> {
            Http.Answer answer = receipts.report(reporting, turn);
            boolean earned = answer.status() == 200 && Report.of(answer).codes().equals(List.of("credited"));
            return earned ? "" : answer.status() + " " + answer.text();
        });
        Http registering = stack.gateway().from(network + ".14");
        repeat("register", REGISTER_PAUSE, Integer.MAX_VALUE, turn -> {
            Http.Answer answer = receipts.register(registering, name + "-newcomer-" + turn);
            return answer.status() == 200 ? "" : answer.status() + " " + answer.text();
        });
        return this;
    }

    /** What happened. Every call was answered as an honest caller may expect, or is among the failures. */
    record Outcome(Map<String, List<Long>> sortedNanosByKind, List<String> failures) {
        int count(String kind) {
            return sortedNanosByKind.getOrDefault(kind, List.of()).size();
        }

        /** Of all calls of all kinds. */
        double p99Millis() {
            return p99Millis(sortedNanosByKind.values().stream()
                    .flatMap(List::stream)
                    .sorted()
                    .toList());
        }

        private static double p99Millis(List<Long> sorted) {
            return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / 1e6;
        }

        @Override
        public String toString() {
            var text = new StringBuilder();
            sortedNanosByKind.forEach(
                    (kind, nanos) -> text.append("%-20s %5d calls, p50 %6.1f ms, p99 %6.1f ms, longest %6.1f ms%n"
                            .formatted(
                                    kind,
                                    nanos.size(),
                                    nanos.get(nanos.size() / 2) / 1e6,
                                    p99Millis(nanos),
                                    nanos.getLast() / 1e6)));
            return text.append("all of them: p99 %.1f ms%nfailures: ".formatted(p99Millis()))
                    .append(failures)
                    .toString();
        }
    }

    Outcome stop() {
        end.countDown();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new AssertionError("honest callers still wait for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<String, List<Long>> sorted = new TreeMap<>();
        nanosByKind.forEach(
                (kind, nanos) -> sorted.put(kind, nanos.stream().sorted().toList()));
        return new Outcome(sorted, List.copyOf(failures));
    }

    /** Calls of a kind so far, those that were forgotten left out. */
    int count(String kind) {
        return nanosByKind.getOrDefault(kind, List.of()).size();
    }

    /** Forgets how long calls took so far: the first ones pay for what the JVM has not compiled yet. */
    void forget() {
        nanosByKind.clear();
    }

    private void announce(String kind, int host, String url) {
        Http http = new Http(URI.create(url)).from(network + "." + host);
        Tracker tracker = new Tracker(http, "/" + receipts.passkey());
        repeat(kind, ANNOUNCE_PAUSE, Integer.MAX_VALUE, turn -> {
            String failure = tracker.failure(data.infoHash(), 6_000 + host, "&left=0");
            return failure.equals("(no failure)") ? "" : failure;
        });
    }

    private interface Call {
        /** Answers what went wrong, empty for nothing. */
        String make(int turn);
    }

    private void repeat(String kind, Duration pause, int most, Call call) {
        workers.execute(() -> {
            try {
                for (int turn = 0; turn < most && !end.await(pause.toMillis(), TimeUnit.MILLISECONDS); turn++) {
                    long start = System.nanoTime();
                    String failure = failureOf(call, turn);
                    nanosByKind
                            .computeIfAbsent(kind, unseen -> Collections.synchronizedList(new ArrayList<>()))
                            .add(System.nanoTime() - start);
                    if (!failure.isEmpty()) {
                        failures.add(kind + " " + turn + ": " + failure);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String failureOf(Call call, int turn) {
        try {
            return call.make(turn);
        } catch (java.io.UncheckedIOException | AssertionError failed) {
            return failed.toString();
        }
    }
}
