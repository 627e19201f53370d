package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.result.Spread;
import java.util.ArrayList;
import java.util.List;

/** What one tracker did in one mode. */
final class Measured {
    private final List<Double> micros = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private long answered;
    private long lost;

    void add(Outcome outcome, double cpuMicros) {
        micros.add(cpuMicros / outcome.answered());
        perSecond.add(outcome.perSecond());
        answered += outcome.answered();
        lost += outcome.lost();
    }

    void addPaced(Outcome outcome) {
        p99.add(outcome.p99());
        answered += outcome.answered();
        lost += outcome.lost();
    }

    /** CPU of the tracker's process for an announce, microseconds. */
    Spread micros() {
        return Spread.of(micros);
    }

    Spread perSecond() {
        return Spread.of(perSecond);
    }

    /** Milliseconds at 70 % of the median rate. */
    Spread p99() {
        return Spread.of(p99);
    }

    /** Announces whose answers were looked at. */
    long answered() {
        return answered;
    }

    /** UDP packets that were sent again. */
    long lost() {
        return lost;
    }
}
