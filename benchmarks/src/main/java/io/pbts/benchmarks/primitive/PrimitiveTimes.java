package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.result.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The primitives that the paper timed, by JMH in this very run. Times in milliseconds. */
public final class PrimitiveTimes {
    private static final String ANY = "\\.";

    private PrimitiveTimes() {}

    /** A BLS key, a signature, a verification: the method's name in {@link BlsBenchmark}. */
    public static Spread bls(String method) throws RunnerException {
        return run(BlsBenchmark.class, method, List.of());
    }

    /** An aggregate of so many receipts, each of another receiver. */
    public static Spread aggregate(int size) throws RunnerException {
        return run(AggregateBenchmark.class, "verifyOfDifferentReceivers", List.of(Integer.toString(size)));
    }

    private static Spread run(Class<?> subject, String method, List<String> sizes) throws RunnerException {
        var options = new OptionsBuilder()
                .include(subject.getName().replace(".", ANY) + ANY + method + "$")
                .timeUnit(TimeUnit.MILLISECONDS)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (!sizes.isEmpty()) {
            options.param("size", sizes.toArray(new String[0]));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new IllegalStateException("%d benchmarks for %s".formatted(results.size(), method));
        }
        List<Double> times = new ArrayList<>();
        results.iterator().next().getBenchmarkResults().forEach(fork -> fork.getIterationResults()
                .forEach(iteration -> times.add(time(iteration))));
        return Spread.of(times);
    }

    private static double time(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }
}
