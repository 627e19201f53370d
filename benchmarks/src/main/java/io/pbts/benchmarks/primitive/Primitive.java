package io.pbts.benchmarks.primitive;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How every primitive is measured: time of one operation on one thread, in a JVM of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Primitive.NATIVE, Primitive.UNSAFE})
@State(Scope.Benchmark)
public abstract class Primitive {
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** JMH itself still reads fields this way. */
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";
}
