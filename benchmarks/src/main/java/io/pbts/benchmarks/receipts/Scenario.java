package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.result.Paper;
import java.util.OptionalDouble;

/** A way to sign, and what it must reach: rows of {@code receipts.json}. */
enum Scenario {
    /** One receiver signs for everything, with one aggregate signature for each report. */
    ONE_RECEIVER("one-receiver-128", 128, 1, 1, 8_000, 10_000),
    /** Everybody signs for each piece alone: 16 of 1,000 receivers in each report. */
    INDIVIDUAL("individual-many", 128, 1_000, 16, 2_500, 4_000),
    /** A certified secp256k1 key signs for each piece. */
    SESSION("ecdsa-session", 128, 4, 1, 8_000, 8_000),
    /** One signature for the root of 64 receipts. */
    BATCH("merkle-64", 256, 4, 1, 30_000, 100_000);

    /** Receipts under one signature of {@link #BATCH}. */
    static final int BATCH_SIZE = 64;

    private final String row;
    private final int receiptsPerReport;
    private final int receivers;
    private final int receiversPerReport;
    private final int bar;
    private final int aim;

    Scenario(String row, int receiptsPerReport, int receivers, int receiversPerReport, int bar, int aim) {
        this.row = row;
        this.receiptsPerReport = receiptsPerReport;
        this.receivers = receivers;
        this.receiversPerReport = receiversPerReport;
        this.bar = bar;
        this.aim = aim;
    }

    String row() {
        return row;
    }

    int receiptsPerReport() {
        return receiptsPerReport;
    }

    /** In all reports together. */
    int receivers() {
        return receivers;
    }

    int receiversPerReport() {
        return receiversPerReport;
    }

    /** Durable receipts a second, on two processors. */
    int bar() {
        return bar;
    }

    int aim() {
        return aim;
    }

    /** What the paper verifies in a second, where it measured this form. */
    OptionalDouble paper() {
        return switch (this) {
            case ONE_RECEIVER -> OptionalDouble.of(Paper.AGGREGATED_PER_SECOND);
            case INDIVIDUAL -> OptionalDouble.of(Paper.SINGLE_PER_SECOND);
            case SESSION, BATCH -> OptionalDouble.empty();
        };
    }
}
