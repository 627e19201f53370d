package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.Spread;
import io.pbts.benchmarks.suite.CpuClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The repetitions of a scenario.
 *
 * @param asserted what was checked afterwards
 */
record Measured(Scenario scenario, List<Repetition> repetitions, String asserted) {
    /** Whoever else used the machine. */
    static final String OTHERS = "others";

    private static final double NANOS_PER_MICRO = 1e3;

    Measured {
        repetitions = List.copyOf(repetitions);
    }

    Spread perSecond() {
        return Spread.of(repetitions.stream().map(Repetition::perSecond).toList());
    }

    Row row() {
        var peer = new Row.Peer("bar", scenario.bar());
        return Row.of(scenario.row(), "durable_receipts_per_s", perSecond(), peer, asserted);
    }

    /** Processor time of each part for a receipt, in microseconds, over all repetitions; {@link #OTHERS} comes last. */
    Map<String, Double> cpuPerReceipt() {
        Map<String, Double> micros = new LinkedHashMap<>();
        long receipts = repetitions.stream().mapToLong(Repetition::receipts).sum();
        repetitions.getFirst().cpu().keySet().stream().sorted().forEach(part -> {
            Duration used = repetitions.stream()
                    .map(repetition -> repetition.cpu().getOrDefault(part, Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
            micros.put(part, used.toNanos() / NANOS_PER_MICRO / receipts);
        });
        Double machine = micros.remove(CpuClock.MACHINE);
        if (machine != null) {
            micros.put(OTHERS, machine - sum(micros));
        }
        return micros;
    }

    /** Of the suite and the load generator together. */
    double ownCpuPerReceipt() {
        Map<String, Double> own = cpuPerReceipt();
        own.remove(OTHERS);
        return sum(own);
    }

    private static double sum(Map<String, Double> micros) {
        return micros.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
