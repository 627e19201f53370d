package io.pbts.contract.chain;

/** What a call would cost, if it would succeed. */
public sealed interface GasEstimate {
    record Enough(long gas) implements GasEstimate {}

    record Reverts(Revert revert) implements GasEstimate {}
}
