package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Spoiled requests over every route: no 5xx but the documented 503, and a tracker answers bencode with 200. Nearly two thousand in
 * each build, two millions when tests may be long.
 */
class MutationIT {
    private static final int REQUESTS = Boolean.getBoolean("pbts.long") ? 1_400_000 : 1_200;
    private static final int THREADS = 8;
    private static final long SEED = 20_261_120;

    @Test
    void spoiledRequestsInProfileLocalBreakNothing() throws Exception {
        spoil(LocalStack.get(), REQUESTS, SEED);
    }

    @Test
    void spoiledRequestsInProfileProductionBreakNothing() throws Exception {
        spoil(ProductionStack.get(), REQUESTS / 2, SEED + 1);
    }

    private static void spoil(Stack stack, int requests, long seed) throws Exception {
        int port = stack.port();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        var answered = new AtomicInteger();
        var waiting = new AtomicInteger();
        var mutations = new Mutations(seed);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < requests; i++) {
                Mutations.Request request = mutations.next();
                threads.execute(() -> {
                    try {
                        var response = RawHttp.exchange(port, request.bytes());
                        if (response.isPresent()) {
                            answered.incrementAndGet();
                            waiting.addAndGet(keptWaiting(response.get()) ? 1 : 0);
                            judge(request, response.get(), wrong);
                        }
                    } catch (Exception | AssertionError failed) {
                        wrong.add(failed + " for " + shown(request));
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(10 + REQUESTS / 1000, TimeUnit.MINUTES))
                    .isTrue();
        }
        assertThat(wrong.stream().limit(10).toList()).isEmpty();
        assertThat(waiting.get()).as("answers that a neighbour was away").isLessThanOrEqualTo(requests / 1000);
        assertThat(answered.get()).isGreaterThan(requests * 95 / 100);
        assertThat(stack.gateway().get("/health").status()).isEqualTo(200);
    }

    private static boolean keptWaiting(RawHttp.Response response) {
        return response.status() == 503
                && response.saysWhenToComeBack()
                && new String(response.body(), StandardCharsets.UTF_8).contains("nothing was counted");
    }

    private static void judge(Mutations.Request request, RawHttp.Response response, Queue<String> wrong) {
        // Without a TEE; or a neighbour that this small machine kept waiting, which must say so and when to come back.
        boolean documented = response.status() == 503
                && (request.route().target().matches("/(keygen-tee|.*attestation)") || keptWaiting(response));
        if (response.status() >= 500 && !documented) {
            wrong.add(response.status() + " " + new String(response.body(), StandardCharsets.UTF_8) + " for "
                    + shown(request));
        }
        boolean tracker = request.route().target().contains("announce?")
                || request.route().target().contains("scrape?")
                || request.route().target().startsWith("/announce/");
        boolean get = new String(request.bytes(), 0, 4, StandardCharsets.ISO_8859_1).equals("GET ");
        if (tracker && get && response.status() == 200) {
            Tracker.dictionary(response.body());
        } else if (tracker && request.targetUntouched()) {
            wrong.add("status " + response.status() + " for a well-formed announce: " + shown(request));
        } else if (tracker && get && !List.of(400, 404, 414).contains(response.status())) {
            wrong.add("status " + response.status() + " for " + shown(request));
        }
    }

    private static String shown(Mutations.Request request) {
        String text = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(600, text.length()));
    }
}
