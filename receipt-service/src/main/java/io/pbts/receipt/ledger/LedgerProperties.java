package io.pbts.receipt.ledger;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the ledger works.
 *
 * @param attempts how often a transaction is tried when Postgres gives up on a deadlock or a serialization failure
 * @param retryPause longest pause before another try; the real one is random
 * @param releaseEvery how often receivers with held receipts are looked at
 * @param releaseReceivers receivers looked at each time; the next time goes on behind them
 * @param releaseReceipts held receipts released in one transaction
 * @param releaseQueue credits that may wait to be followed by a release; more wait for the next look
 * @param monthsAhead months for whose receipts there are partitions already
 */
@Validated
@ConfigurationProperties("pbts.ledger")
record LedgerProperties(
        @DefaultValue("3") @Min(1) @Max(10) int attempts,

        @DefaultValue("20ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
        Duration retryPause,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration releaseEvery,

        @DefaultValue("256") @Min(1) @Max(10_000) int releaseReceivers,
        @DefaultValue("256") @Min(1) @Max(4096) int releaseReceipts,
        @DefaultValue("1024") @Min(1) @Max(100_000) int releaseQueue,
        @DefaultValue("3") @Min(1) @Max(24) int monthsAhead) {}
