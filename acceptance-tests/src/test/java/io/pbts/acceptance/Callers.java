package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Members who go on calling whatever happens to the services, and keep what they were answered. A report that was put off or
 * got no answer is sent again, as a client does, so each receipt must be in the ledger once in the end.
 */
final class Callers {
    private static final int PIECE = 16 * 1024;
    private static final int PAGE = 100;
    private static final Set<String> IN_LEDGER = Set.of("credited", "held", "duplicate");

    private final String name;
    private final Http gateway;
    private final Http tracker;
    private final HonestReceipts receipts;
    private final Dataset data;
    private final AtomicInteger newcomers = new AtomicInteger();
    private final AtomicInteger pieces = new AtomicInteger();
    private final Set<Integer> sent = new ConcurrentSkipListSet<>();
    private final Set<Integer> answered = new ConcurrentSkipListSet<>();

    private Callers(String name, Http gateway, Http tracker, HonestReceipts receipts, Dataset data) {
        this.name = name;
        this.gateway = gateway;
        this.tracker = tracker;
        this.receipts = receipts;
        this.data = data;
    }

    /**
     * Registers a sender, a receiver and a torrent of so many pieces.
     *
     * @param gateway where they ask
     * @param tracker where they announce directly
     */
    static Callers prepare(Http gateway, Http tracker, Path folder, String name, int pieces) {
        Member sender = Member.register(gateway, name + "-sender");
        Member receiver = Member.register(gateway, name + "-receiver");
        Dataset data =
                Dataset.create(folder, name + ".bin", (long) pieces * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(sender).expect(201);
        return new Callers(name, gateway, tracker, HonestReceipts.of(gateway, sender, receiver, data), data);
    }

    /** Calls of one stretch of time. */
    final class Stretch {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final CountDownLatch end = new CountDownLatch(1);
        private final List<Reply.Timed> replies = Collections.synchronizedList(new ArrayList<>());

        private Stretch(List<Call> calls) {
            calls.forEach(call -> threads.execute(() -> repeat(call)));
        }

        /** No further calls; returns when those that are on their way were answered. */
        List<Reply.Timed> end() {
            end.countDown();
            threads.close();
            return List.copyOf(replies);
        }

        private void repeat(Call call) {
            Runnable again = call == Call.REPORT ? reports() : () -> replies.add(make(call));
            try {
                do {
                    again.run();
                } while (!end.await(call.pause().toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** One receipt after the other, each until it is answered. */
        private Runnable reports() {
            var piece = new AtomicInteger(pieces.getAndIncrement());
            return () -> {
                Reply.Timed reply = timed(Call.REPORT, () -> report(piece.get()));
                replies.add(reply);
                if (reply.isServed()) {
                    piece.set(pieces.getAndIncrement());
                }
            };
        }
    }

    Stretch begin() {
        return new Stretch(List.of(Call.values()));
    }

    Stretch begin(List<Call> calls) {
        return new Stretch(calls);
    }

    /** Each of these calls once, at the same time. */
    Map<Call, Reply> once(List<Call> calls) {
        Map<Call, Future<Reply.Timed>> running = new EnumMap<>(Call.class);
        Map<Call, Reply> replies = new EnumMap<>(Call.class);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            calls.forEach(call -> running.put(call, threads.submit(() -> make(call))));
        }
        running.forEach((call, done) -> replies.put(call, done.resultNow().reply()));
        return replies;
    }

    /** Waits until everything is served. Returns how long that took. */
    Duration awaitNormal(String after, Duration patience) {
        long start = System.nanoTime();
        Await.until(
                "everything is served after " + after,
                patience,
                () -> once(List.of(Call.values())),
                replies -> replies.values().stream().allMatch(Reply.Served.class::isInstance));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Sends every receipt again: those that were answered are duplicates, and in the end each is in the ledger once.
     *
     * @return how many receipts there are
     */
    int requireEachReceiptOnce() {
        List<Integer> all = List.copyOf(sent);
        for (int from = 0; from < all.size(); from += PAGE) {
            List<Integer> page = all.subList(from, Math.min(from + PAGE, all.size()));
            List<String> codes = Report.of(receipts.report(
                            gateway, page.stream().map(receipts::receipt).toList()))
                    .codes();
            for (int i = 0; i < page.size(); i++) {
                assertThat(codes.get(i))
                        .as("receipt %d, answered before: %s", page.get(i), answered.contains(page.get(i)))
                        .isIn(answered.contains(page.get(i)) ? Set.of("duplicate") : Set.of("duplicate", "credited"));
            }
        }
        assertThat(receipts.sender().uploaded())
                .as("bytes of all receipts, each once")
                .isEqualTo((long) all.size() * PIECE);
        assertThat(receipts.receiver().downloaded()).isEqualTo((long) all.size() * PIECE);
        return all.size();
    }

    /** Waits until the chain has what the ledger has. */
    void awaitOnChain(Chain chain, Duration patience) {
        long bytes = (long) sent.size() * PIECE;
        Await.until(
                "all receipts are settled",
                patience,
                () -> chain.userData(receipts.sender().userId()),
                new Chain.Sizes(0, bytes)::equals);
    }

    /** Waits until the chain has the first of what the ledger has, where the rest comes after minutes. */
    void awaitFirstOnChain(Chain chain, Duration patience) {
        Await.until(
                "receipts are settled",
                patience,
                () -> chain.userData(receipts.sender().userId()),
                sizes -> sizes.upload() > 0 && sizes.upload() % PIECE == 0);
    }

    int answered() {
        return answered.size();
    }

    private Reply.Timed make(Call call) {
        return timed(call, () -> switch (call) {
            case ANNOUNCE -> announce(gateway, 6_881);
            case DIRECT -> announce(tracker, 6_882);
            case REPORT -> report(pieces.getAndIncrement());
            case REGISTER -> Reply.of(receipts.register(gateway, name + "-newcomer-" + newcomers.incrementAndGet()));
            case ACCOUNT -> Reply.of(gateway.get("/user/" + receipts.sender().userId()));
            case TORRENTS -> ofMember("/api/v1/torrents?limit=5");
            case EPOCHS -> Reply.of(gateway.get("/api/v1/chain/epochs?limit=5"));
            case INSTANCE -> Reply.of(gateway.get("/api/v1/instance"));
        });
    }

    private static Reply.Timed timed(Call call, java.util.function.Supplier<Reply> made) {
        long start = System.nanoTime();
        Reply reply;
        try {
            reply = made.get();
        } catch (java.io.UncheckedIOException broken) {
            reply = new Reply.NoAnswer(broken.toString());
        } catch (AssertionError unreadable) {
            reply = new Reply.Wrong(unreadable.toString());
        }
        return new Reply.Timed(call, reply, Duration.ofNanos(System.nanoTime() - start));
    }

    private Reply report(int piece) {
        sent.add(piece);
        Reply reply = Reply.ofReport(receipts.report(gateway, piece), IN_LEDGER);
        if (reply instanceof Reply.Served) {
            answered.add(piece);
        }
        return reply;
    }

    private Reply announce(Http door, int port) {
        return Reply.ofAnnounce(door.get("/%s/announce?info_hash=%s&peer_id=-AT0001-%012d&port=%d&left=0&compact=1"
                .formatted(receipts.passkey(), Tracker.escaped(data.infoHash()), port, port)));
    }

    private Reply ofMember(String path) {
        return Reply.of(gateway.ask("GET", path, Map.of("X-PBTS-Passkey", receipts.passkey()), null));
    }
}
