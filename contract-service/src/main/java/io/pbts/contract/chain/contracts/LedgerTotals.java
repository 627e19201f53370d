package io.pbts.contract.chain.contracts;

import java.math.BigInteger;

/** What a ledger says of all its settlements. */
public record LedgerTotals(long lastSeq, long receiptCount, BigInteger settledUp, BigInteger settledDown) {}
