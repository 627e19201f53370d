package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service is killed with SIGKILL at random moments while members call, and another process of it started at once, as an
 * orchestrator does. All is served again within 15 s, nothing that was answered is lost, and nothing is counted twice.
 */
@Tag("long")
class KillIT {
    private static final long SEED = 4_242;
    private static final int KILLS = 20;
    private static final int LONGEST_PEACE_MILLIS = 2_000;
    private static final Duration BACK = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int PIECES = 15_000;
    /** Ten services and their callers on two processors: the second compiler would take half of each start. */
    private static final Map<String, String> SETTINGS = Map.of("PBTS_JIT", "quick");

    @TempDir
    private Path folder;

    @Test
    void everyServiceIsKilledTwentyTimesUnderLoadAndIsBackWithin15Seconds() {
        Stack stack = ReplicaStack.start(SETTINGS);
        try (Fleet fleet = Fleet.beside(stack, Part.SERVICES, Map.of(), folder)) {
            Callers callers = Callers.prepare(fleet.gateway(), fleet.tracker(), folder, "kill", PIECES);
            callers.awaitNormal("the start", SOON);
            Callers.Stretch stretch = callers.begin();
            Map<String, List<Return>> back = killAll(fleet, callers);
            List<Reply.Timed> replies = stretch.end();

            System.out.println("killed: " + ReplyCounts.of(replies));
            back.forEach((service, returns) -> System.out.printf(
                    "%s: %d kills, ready after %s, served again after %s%n",
                    service, returns.size(), spread(returns, Return::ready), spread(returns, Return::served)));
            int receipts = callers.requireEachReceiptOnce();
            LedgerSums sums = LedgerSums.of(stack);
            System.out.printf("%d receipts, %d of them answered before; %s%n", receipts, callers.answered(), sums);
            sums.requireBalance();
            callers.awaitOnChain(Chain.of(stack), SOON);
            assertThat(replies).noneMatch(reply -> reply.reply() instanceof Reply.Wrong);
            assertThat(back).hasSameSizeAs(Part.SERVICES).allSatisfy((service, returns) -> assertThat(returns)
                    .as(service)
                    .hasSize(KILLS)
                    .allSatisfy(each -> assertThat(each.served()).isLessThanOrEqualTo(BACK)));
        } finally {
            stack.stop();
        }
    }

    /** How long after a kill the next process was ready, and everything was served again. */
    private record Return(Duration ready, Duration served) {}

    /** Answers how each kill ended, by the service that was killed. */
    private static Map<String, List<Return>> killAll(Fleet fleet, Callers callers) {
        var random = new Random(SEED);
        Map<String, List<Return>> back = new TreeMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (String service : Part.SERVICES) {
                Await.pass(Duration.ofMillis(random.nextInt(LONGEST_PEACE_MILLIS)));
                long start = System.nanoTime();
                fleet.replica(service).kill();
                Replica next = fleet.launch(service);
                next.awaitReady();
                Duration ready = Duration.ofNanos(System.nanoTime() - start);
                fleet.lead(next);
                callers.awaitNormal("a kill of " + service, SOON);
                Duration served = Duration.ofNanos(System.nanoTime() - start);
                back.computeIfAbsent(service, _ -> new ArrayList<>()).add(new Return(ready, served));
            }
        }
        return back;
    }

    private static String spread(List<Return> returns, Function<Return, Duration> time) {
        LongSummaryStatistics millis =
                returns.stream().map(time).mapToLong(Duration::toMillis).summaryStatistics();
        return "%d to %d ms, %.0f in the mean".formatted(millis.getMin(), millis.getMax(), millis.getAverage());
    }
}
