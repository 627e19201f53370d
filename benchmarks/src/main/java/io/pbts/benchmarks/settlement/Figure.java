package io.pbts.benchmarks.settlement;

import java.util.OptionalLong;

/** What is measured. Names are those of the rows and stay. */
enum Figure {
    STEADY("gas-per-account-steady", OptionalLong.of(6_500)),
    FIRST("gas-per-account-first", OptionalLong.of(25_000)),
    FIRST_ON_SUCCESSOR("gas-per-account-first-on-successor", OptionalLong.empty()),
    COPIED("gas-per-account-copied", OptionalLong.empty()),
    MOST_STEADY("accounts-per-transaction", OptionalLong.of(2_400)),
    MOST_FIRST("accounts-per-transaction-first", OptionalLong.of(600)),
    MOST_FIRST_ON_SUCCESSOR("accounts-per-transaction-first-on-successor", OptionalLong.of(600));

    private final String row;
    private final OptionalLong bar;

    Figure(String row, OptionalLong bar) {
        this.row = row;
        this.bar = bar;
    }

    String row() {
        return row;
    }

    /** Gas at most, or accounts at least; absent where a figure is only reported. */
    OptionalLong bar() {
        return bar;
    }

    boolean isGas() {
        return row.startsWith("gas");
    }

    boolean meetsBar(double value) {
        return bar.isEmpty() || (isGas() ? value <= bar.getAsLong() : value >= bar.getAsLong());
    }
}
