package io.pbts.receipt.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.receipt.verification.Defect;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * How many receipts of which kind became what, and how many were proven in which way; how long reports took and how large
 * they are. Never by account, key or torrent. All series exist from the start, so that the first of a kind is seen too.
 */
@Component
class ReportMetrics {
    private static final String UNREADABLE = "unreadable";

    private final Map<Series, Counter> receipts = new HashMap<>();
    private final Map<Series, Counter> proofs = new HashMap<>();
    private final Map<End, Timer> reports = new HashMap<>();
    private final DistributionSummary sizes;

    /** How a report ended, whatever its receipts did. */
    private enum End {
        JUDGED,
        /** Its caller had sent too many bad signatures. */
        LIMITED,
        /** Too many receipts at once, or we are stopping. */
        BUSY,
        /** A fact of another service was not to be had. */
        UNAVAILABLE,
        /** Anything else, such as the database. */
        FAILED;

        static End of(RuntimeException thrown) {
            return switch (thrown) {
                case FactUnavailable _ -> UNAVAILABLE;
                case Refusal refusal when refusal.status() == 429 -> LIMITED;
                case Refusal refusal when refusal.status() == 503 -> BUSY;
                default -> FAILED;
            };
        }
    }

    /** One line of a metric: what its two labels are. */
    private record Series(String first, String outcome) {}

    ReportMetrics(MeterRegistry registry) {
        List<String> outcomes = Stream.concat(
                        Arrays.stream(Defect.values()).map(Defect::wireName), ItemResult.CODES.stream())
                .toList();
        Stream.concat(Arrays.stream(ReceiptKind.values()).map(ReceiptKind::wireName), Stream.of(UNREADABLE))
                .forEach(kind -> outcomes.forEach(outcome -> receipts.put(
                        new Series(kind, outcome),
                        Counter.builder("pbts.receipts")
                                .tag("kind", kind)
                                .tag("outcome", outcome)
                                .register(registry))));
        Stream.of(SignatureForm.values()).map(ReportMetrics::name).forEach(form -> Stream.of("taken", "refused")
                .forEach(outcome -> proofs.put(
                        new Series(form, outcome),
                        Counter.builder("pbts.receipt.proofs")
                                .tag("form", form)
                                .tag("outcome", outcome)
                                .register(registry))));
        for (End end : End.values()) {
            reports.put(
                    end, Timer.builder("pbts.reports").tag("outcome", name(end)).register(registry));
        }
        sizes = DistributionSummary.builder("pbts.report.receipts").register(registry);
    }

    /** Judges the report, and counts what came of it. */
    Judgement measure(PostedReport report, Supplier<Judgement> judging) {
        sizes.record(report.items().size());
        Timer.Sample time = Timer.start();
        End end = End.FAILED;
        try {
            Judgement judgement = judging.get();
            judgement.results().forEach(result -> count(report.items().get(result.index()), result));
            end = End.JUDGED;
            return judgement;
        } catch (RuntimeException thrown) {
            end = End.of(thrown);
            throw thrown;
        } finally {
            time.stop(Objects.requireNonNull(reports.get(end)));
        }
    }

    private void count(PostedItem item, ItemResult result) {
        String kind = UNREADABLE;
        if (item instanceof PostedReceipt receipt) {
            kind = receipt.kind().wireName();
            String form = name(receipt.proof().form());
            increment(proofs, new Series(form, result.taken() ? "taken" : "refused"));
        }
        increment(receipts, new Series(kind, result.code()));
    }

    private static void increment(Map<Series, Counter> counters, Series series) {
        Objects.requireNonNull(counters.get(series), () -> "not counted: " + series)
                .increment();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
