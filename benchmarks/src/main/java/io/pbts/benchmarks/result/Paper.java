package io.pbts.benchmarks.result;

import java.util.List;

/**
 * What the paper measured (arXiv 2511.17260 v2, tables 2 and 3): Python with py_ecc on two virtual processors of a TDX
 * machine. Milliseconds.
 */
public final class Paper {
    /** Receipts that it verifies in a second when 100 are aggregated. */
    public static final double AGGREGATED_PER_SECOND = 100_000 / 14_230.40;

    /** Receipts that it verifies in a second one by one. */
    public static final double SINGLE_PER_SECOND = 1_000 / 340.92;

    public static final double KEY_GENERATION = 7.54;
    public static final double SIGN = 134.19;
    public static final double VERIFY = 340.92;
    public static final List<Aggregate> AGGREGATES = List.of(
            new Aggregate(10, 1_293.18),
            new Aggregate(25, 3_959.54),
            new Aggregate(50, 6_535.18),
            new Aggregate(100, 14_230.40));

    private Paper() {}

    /** Verifying one signature over so many receipts. */
    public record Aggregate(int receipts, double milliseconds) {}
}
