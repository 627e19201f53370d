package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.receipts.Load.SignedReport;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.signing.ReportSigner;
import io.pbts.benchmarks.suite.Suite;
import io.pbts.benchmarks.suite.Tracker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the scenarios one after the other. */
final class ReceiptsBench {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Suite suite;
    private final Clock clock;
    private final Progress progress;
    private final Extent extent;

    ReceiptsBench(Suite suite, Clock clock, Progress progress, Extent extent) {
        this.suite = suite;
        this.clock = clock;
        this.progress = progress;
        this.extent = extent;
    }

    /**
     * How much is measured.
     *
     * @param seconds that a repetition takes at the bar
     * @param warmUps repetitions that do not count
     */
    record Extent(int seconds, int warmUps, int repetitions) {
        int reports(Scenario scenario) {
            return Math.ceilDiv(scenario.bar() * seconds, scenario.receiptsPerReport());
        }

        int allReports(Scenario scenario) {
            return reports(scenario) * (warmUps + repetitions);
        }
    }

    Measured measure(Scenario scenario) throws IOException, InterruptedException {
        int reports = extent.allReports(scenario);
        progress.line("%s: %,d receipts in %,d reports"
                .formatted(scenario.row(), reports * scenario.receiptsPerReport(), reports));
        Tracker tracker = Tracker.at(suite.gateway());
        var community = Community.register(tracker, scenario, Plan.piecesPerReceiver(scenario, reports));
        var signer = new ReportSigner(tracker.domain(), clock.instant().getEpochSecond());
        List<SignedReport> load = new Load(scenario, new Plan(scenario, community), signer).make(reports, progress);
        double kept = suite.awaitCalm(PATIENCE);
        if (kept > Suite.QUIET) {
            progress.line("  the suite has not come to rest: it keeps %.1f processors busy by itself".formatted(kept));
        }
        return send(scenario, tracker, community, load);
    }

    private Measured send(Scenario scenario, Tracker tracker, Community community, List<SignedReport> load)
            throws IOException, InterruptedException {
        var driver = new Driver(tracker.gateway(), suite.clock());
        int size = extent.reports(scenario);
        List<Repetition> measured = new ArrayList<>();
        long receipts = 0;
        for (int i = 0; i < extent.warmUps() + extent.repetitions(); i++) {
            boolean counts = i >= extent.warmUps();
            Repetition repetition = driver.send(load.subList(i * size, (i + 1) * size));
            receipts += repetition.receipts();
            progress.line("  %s %,7.0f/s in %.1f s"
                    .formatted(
                            counts ? "repetition" : "warm-up   ",
                            repetition.perSecond(),
                            repetition.elapsed().toMillis() / 1e3));
            if (counts) {
                measured.add(repetition);
            }
        }
        return new Measured(scenario, measured, community.requireMoved(tracker, receipts));
    }
}
