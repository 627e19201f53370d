package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.suite.CpuClock;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trackers in turns, mode by mode: what one of them has to bear from the machine, the next has to bear too. */
final class AnnounceBench {
    private static final double PART_OF_CAPACITY = 0.7;
    private static final long NANOS_PER_MICRO = 1000;
    private static final String TRACKER = "tracker";

    private final List<? extends Contestant> contestants;
    private final Population population;
    private final Progress progress;
    private final Extent extent;
    private final Map<Mode, Map<String, Measured>> measured = new EnumMap<>(Mode.class);

    AnnounceBench(List<? extends Contestant> contestants, Population population, Progress progress, Extent extent) {
        this.contestants = List.copyOf(contestants);
        this.population = population;
        this.progress = progress;
        this.extent = extent;
    }

    /**
     * How much is measured.
     *
     * @param length of a repetition of one tracker
     * @param warmUps repetitions that do not count
     */
    record Extent(Duration length, int warmUps, int repetitions) {}

    void measure(Mode mode) throws IOException {
        Map<String, Load> loads = new LinkedHashMap<>();
        for (Contestant tracker : contestants) {
            if (mode.isSpokenBy(tracker)) {
                Load load = mode.load(tracker, population);
                load.run(Pace.once(), 0);
                loads.put(tracker.name(), load);
            }
        }
        progress.line("%s: %,d peers announced to each tracker".formatted(mode.row(), population.size()));
        for (int i = 0; i < extent.warmUps() + extent.repetitions(); i++) {
            for (Contestant tracker : contestants) {
                Load load = loads.get(tracker.name());
                if (load != null) {
                    flatOut(mode, tracker, load, i >= extent.warmUps());
                }
            }
        }
        for (Contestant tracker : contestants) {
            Load load = loads.get(tracker.name());
            if (load != null) {
                paced(mode, tracker, load);
            }
        }
    }

    private void flatOut(Mode mode, Contestant tracker, Load load, boolean counts) throws IOException {
        var clock = new CpuClock(Map.of(TRACKER, tracker.pid()));
        var before = clock.read();
        Outcome outcome = load.run(Pace.flatOut(extent.length()), Population.WANTED);
        Duration used = CpuClock.between(before, clock.read()).getOrDefault(TRACKER, Duration.ZERO);
        double micros = (double) used.toNanos() / NANOS_PER_MICRO;
        progress.line("  %s %-18s %,8.0f/s, %6.1f us of CPU each"
                .formatted(
                        counts ? "repetition" : "warm-up   ",
                        tracker.name(),
                        outcome.perSecond(),
                        micros / outcome.answered()));
        if (counts) {
            of(mode, tracker).add(outcome, micros);
        }
    }

    private void paced(Mode mode, Contestant tracker, Load load) throws IOException {
        double rate = of(mode, tracker).perSecond().median() * PART_OF_CAPACITY;
        for (int i = 0; i < extent.repetitions(); i++) {
            of(mode, tracker).addPaced(load.run(Pace.at(rate, extent.length()), Population.WANTED));
        }
        progress.line("  at 70 %%   %-18s %,8.0f/s, p99 %.2f ms"
                .formatted(tracker.name(), rate, of(mode, tracker).p99().median()));
    }

    private Measured of(Mode mode, Contestant tracker) {
        return measured.computeIfAbsent(mode, _ -> new LinkedHashMap<>())
                .computeIfAbsent(tracker.name(), _ -> new Measured());
    }

    /** By mode, then by tracker. */
    Map<Mode, Map<String, Measured>> measured() {
        return measured;
    }

    /** Bytes that a tracker's memory grows by for each peer of a large population. */
    static double bytesPerPeer(Contestant tracker, Population large) throws IOException, InterruptedException {
        long before = tracker.memory();
        new UdpLoad(tracker, large).run(Pace.once(), 0);
        return (double) (tracker.memory() - before) / large.size();
    }
}
