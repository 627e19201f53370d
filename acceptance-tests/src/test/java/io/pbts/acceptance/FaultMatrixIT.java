package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each dependency of each service slow, refusing, hanging, half-broken and gone while members call. They are answered as the
 * table of docs/operations.md says and in bounded time, all is well again 15 s after the end, and the ledger has every receipt once.
 */
class FaultMatrixIT {
    private static final Duration BACK = Duration.ofSeconds(15);
    private static final Duration ON_CHAIN = Duration.ofSeconds(90);
    /** What receipt-service remembers for five seconds hides no fault. */
    private static final Map<String, String> SETTINGS = Map.of("PBTS_FACTS_FRESH", "1s");

    @TempDir
    private Path folder;

    private record Cell(Way way, FaultKind kind, Duration lasts) {
        @Override
        public String toString() {
            return way + " " + kind;
        }
    }

    /** Telling ones: transactions that break, a fact that cannot be had, a service that breaks off in the head of its answer. */
    @Test
    void aFewFaultsLoseNothingAndAreOverSoon() {
        var moment = Duration.ofMillis(1_500);
        run(
                "few",
                ProductionStack.get(),
                List.of("gateway", "receipt"),
                List.of(
                        new Cell(new Way("receipt", "postgres"), FaultKind.HALF_BROKEN, moment),
                        new Cell(new Way("receipt", "announce"), FaultKind.REFUSING, moment),
                        new Cell(new Way("gateway", "receipt"), FaultKind.HALF_BROKEN, moment)));
    }

    @Test
    @Tag("long")
    void everyFaultOfEveryDependencyLosesNothingAndIsOverSoon() {
        List<Cell> cells = new ArrayList<>();
        for (Way way : Way.ALL) {
            for (FaultKind kind : FaultKind.values()) {
                cells.add(new Cell(way, kind, kind.lasts()));
            }
        }
        Stack stack = ReplicaStack.start();
        try {
            assertThat(run("all", stack, Part.SERVICES, cells))
                    .as("what is said to be put off is put off sometimes")
                    .isEqualTo(FaultTable.read().putOff());
        } finally {
            stack.stop();
        }
    }

    /** Answers which calls were put off by faults of each way. */
    private Map<Way, Set<Call>> run(String name, Stack stack, List<String> services, List<Cell> cells) {
        FaultTable table = FaultTable.read();
        List<String> findings = new ArrayList<>();
        Map<Way, Set<Call>> putOff = new HashMap<>();
        try (Fleet fleet = Fleet.beside(stack, services, SETTINGS, folder)) {
            Callers callers =
                    Callers.prepare(fleet.gateway(), fleet.tracker(), folder, "fault-" + name, cells.size() * 200);
            callers.awaitNormal("the start", ON_CHAIN);
            for (Cell cell : cells) {
                Set<Call> later = putOff.computeIfAbsent(cell.way(), _ -> EnumSet.noneOf(Call.class));
                findings.addAll(suffer(cell, fleet, callers, table, later));
            }
            int receipts = callers.requireEachReceiptOnce();
            LedgerSums sums = LedgerSums.of(stack);
            System.out.printf("%d receipts, %d of them answered before; %s%n", receipts, callers.answered(), sums);
            sums.requireBalance();
            callers.awaitOnChain(Chain.of(stack), ON_CHAIN);
        }
        assertThat(findings).isEmpty();
        return putOff;
    }

    /** Answers what was not as it should be, and adds to {@code later} what was put off. */
    private static List<String> suffer(Cell cell, Fleet fleet, Callers callers, FaultTable table, Set<Call> later) {
        List<String> findings = new ArrayList<>();
        fleet.way(cell.way()).fail(cell.kind().of(cell.way().dependency()));
        Callers.Stretch stretch = callers.begin();
        Await.pass(cell.lasts());
        fleet.way(cell.way()).heal();
        String back = "?";
        try {
            back = String.valueOf(callers.awaitNormal(cell.toString(), BACK).toMillis());
        } catch (AssertionError stillAway) {
            findings.add(stillAway.getMessage());
            callers.awaitNormal(cell + ", for the next fault", ON_CHAIN);
        }
        List<Reply.Timed> replies = stretch.end();
        System.out.printf("%-36s back after %5s ms; %s%n", cell, back, ReplyCounts.of(replies));
        for (Reply.Timed reply : replies) {
            boolean mayWait = cell.kind() != FaultKind.SLOW
                    && table.putOff().get(cell.way()).contains(reply.call());
            if (reply.took().compareTo(reply.call().longest()) > 0) {
                findings.add("%s: %s took %s".formatted(cell, reply.call(), reply.took()));
            }
            if (reply.reply() instanceof Reply.Later) {
                later.add(reply.call());
            }
            if (!reply.isServed() && !(reply.reply() instanceof Reply.Later && mayWait)) {
                findings.add("%s: %s was answered %s".formatted(cell, reply.call(), reply.reply()));
            }
        }
        return findings.stream().distinct().toList();
    }
}
