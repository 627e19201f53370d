package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Spoiled requests over every route at both doors of the gateway, by everyone who may come: no 5xx but the documented 503, no stack
 * trace, no secret, no error in a log, and a tracker answers bencode with 200. Nearly two thousand in each build, two millions when
 * tests may be long.
 */
class MutationIT {
    private static final boolean LONG = Boolean.getBoolean("pbts.long");
    private static final int LOCAL = LONG ? 1_400_000 : 1_200;
    private static final int PRODUCTION = LONG ? 600_000 : 600;
    private static final int THREADS = 8;
    private static final int QUEUED = 256;
    private static final int STEPS = 100;
    private static final int RETRIES = 5;

    private static final long SEED = 20_261_120;

    @Test
    void spoiledRequestsInProfileLocalBreakNothing() throws Exception {
        new Run(LocalStack.get(), SEED).spoil(LOCAL);
    }

    @Test
    void spoiledRequestsInProfileProductionBreakNothing() throws Exception {
        new Run(ProductionStack.get(), SEED + 1).spoil(PRODUCTION);
    }

    @Test
    void everyRouteOfBothDoorsIsSpoiled() throws IOException {
        List<MutationRoute> routes = routes(
                Map.of("user_id", "mutant", "info_hash", HandwrittenRoutes.HASH, "passkey", HandwrittenRoutes.PASSKEY));
        assertThat(RouteRow.of("gateway")).allSatisfy(row -> assertThat(routes)
                .as("routes of " + row)
                .anyMatch(route -> route.door().equals(MutationRoute.door(row)) && route.isCoveredBy(row)));
    }

    private static List<MutationRoute> routes(Map<String, String> here) throws IOException {
        List<MutationRoute> routes = new ArrayList<>();
        HandwrittenRoutes.all(here).forEach(route -> routes.addAll(route.atItsDoors()));
        routes.addAll(new DescribedRoutes(here).all());
        return routes;
    }

    private static final class Run {
        private final Stack stack;
        private final LogTail logs;
        private final Canaries canaries;
        private final MutationCallers callers;
        private final List<MutationRoute> routes;
        private final Mutations mutations;
        private final MutationVerdicts verdicts;
        private final InetSocketAddress publicDoor;
        private final InetSocketAddress adminDoor;

        Run(Stack stack, long seed) throws IOException {
            this.stack = stack;
            this.logs = LogTail.of(stack);
            this.canaries = Canaries.ofFiles(stack);
            this.callers = new MutationCallers(stack, canaries);
            this.routes = routes(callers.here());
            this.mutations = new Mutations(seed, routes, callers);
            this.verdicts = new MutationVerdicts(canaries);
            this.publicDoor = new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port());
            int adminPort = Integer.parseInt(Part.of(stack, "gateway").setting("PBTS_ADMIN_PORT"));
            this.adminDoor = new InetSocketAddress(InetAddress.getLoopbackAddress(), adminPort);
        }

        void spoil(int requests) throws Exception {
            var queue = new ArrayBlockingQueue<Runnable>(QUEUED);
            var fullHere = new ThreadPoolExecutor.CallerRunsPolicy();
            long start = System.nanoTime();
            try (var threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, queue, fullHere)) {
                for (int i = 0; i < requests; i++) {
                    int number = i;
                    Mutations.Request request = mutations.next();
                    threads.execute(() -> ask(number, request));
                    if (LONG && number % (requests / STEPS) == 0) {
                        print("%d of %d, %s, wrong: %s"
                                .formatted(number, requests, rate(number, start), verdicts.wrong()));
                    }
                }
                threads.shutdown();
                assertThat(threads.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
            }
            print("%s; %s".formatted(rate(requests, start), verdicts.summary(routes)));
            assertThat(verdicts.wrong()).isEmpty();
            assertThat(verdicts.answered()).isGreaterThan(requests * 95 / 100);
            assertThat(verdicts.inside()).as("past the doors").isGreaterThan(requests * 2 / 5);
            assertThat(stack.gateway().get("/health").status()).isEqualTo(200);
            assertThat(logs.wrong(canaries)).isEmpty();
        }

        private void ask(int number, Mutations.Request request) {
            try {
                var door = request.route().door().equals("admin") ? adminDoor : publicDoor;
                answer(door, MutationCallers.address(number), request).ifPresent(response -> {
                    verdicts.judge(request, response);
                    callers.heard(request.caller(), response);
                });
            } catch (Exception | AssertionError failed) {
                verdicts.failed(request, failed);
            }
        }

        /** The last answer to a request that is sent again when the one before says when to come back. */
        private Optional<RawHttp.Response> answer(InetSocketAddress door, InetAddress from, Mutations.Request request)
                throws IOException, InterruptedException {
            Optional<RawHttp.Response> answer = RawHttp.exchange(door, from, request.bytes());
            for (int again = 0; again < RETRIES; again++) {
                Optional<Duration> pause = answer.flatMap(verdicts::sentBack);
                if (pause.isEmpty()) {
                    break;
                }
                Thread.sleep(pause.get());
                answer = RawHttp.exchange(door, from, request.bytes());
            }
            return answer;
        }

        /** To a file of its own: what a test says elsewhere is seen when its class has ended. */
        private void print(String line) throws IOException {
            Files.writeString(
                    Stack.HOME.resolve("acceptance-tests/target/mutations.log"),
                    "port %d: %s%n".formatted(stack.port(), line),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        private static String rate(int requests, long start) {
            long millis = Math.max(1, (System.nanoTime() - start) / 1_000_000);
            return "%d/s".formatted(requests * 1000L / millis);
        }
    }
}
