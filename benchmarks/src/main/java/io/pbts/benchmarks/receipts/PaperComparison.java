package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.primitive.PrimitiveTimes;
import io.pbts.benchmarks.result.Paper;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.Spread;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The paper's tables 2 and 3 beside the same operations of ours, measured now. */
final class PaperComparison {
    private static final String ASSERTED = "the operation's result is checked by the module's tests";

    private PaperComparison() {}

    static List<Row> measure() throws RunnerException {
        List<Row> rows = new ArrayList<>();
        rows.add(row("keygen", PrimitiveTimes.bls("generateKey"), Paper.KEY_GENERATION));
        rows.add(row("sign", PrimitiveTimes.bls("sign"), Paper.SIGN));
        rows.add(row("verify", PrimitiveTimes.bls("verifyReceived"), Paper.VERIFY));
        for (Paper.Aggregate aggregate : Paper.AGGREGATES) {
            rows.add(row(
                    "aggregate-verify-" + aggregate.receipts(),
                    PrimitiveTimes.aggregate(aggregate.receipts()),
                    aggregate.milliseconds()));
        }
        return rows;
    }

    static void print(List<Row> rows, Progress progress) {
        progress.line("");
        progress.line("one operation, milliseconds (aggregates: each receipt of another receiver)");
        progress.line("%-24s %12s %12s %12s".formatted("", "paper", "here", "times as fast"));
        for (Row row : rows) {
            progress.line("%-24s %12.2f %12.3f %,12.0f"
                    .formatted(row.name(), row.peerValue(), row.value(), row.peerValue() / row.value()));
        }
    }

    private static Row row(String name, Spread spread, double paper) {
        return Row.of("paper-" + name, "ms", spread, new Row.Peer("paper", paper), ASSERTED);
    }
}
