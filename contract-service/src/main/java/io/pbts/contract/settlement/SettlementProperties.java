package io.pbts.contract.settlement;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often credits are carried to the chain, and how many at a time. Gas figures are measured (contracts/snapshots).
 *
 * @param mode whether credits are collected for an interval, or each report goes by itself at once: for demonstrations
 * @param interval time between two epochs, and between two batches of enrolments; 5 s on a dev chain, 10 min elsewhere
 *     when absent
 * @param itemsPerEpoch credited batches in one epoch at most
 * @param gasPerEpoch what the accounts of a transaction may cost together, below its cap (EIP-7825)
 * @param gasPerAccount what an account costs that the ledger knows
 * @param gasPerNewAccount what an account costs at most that the ledger does not know: its history may have to be copied
 * @param accountsPerTransaction accounts in one transaction at most; the contract takes 4096
 * @param enrolmentsPerBatch accounts that are enrolled in one transaction
 * @param enrolmentPatience how long a credit waits for the enrolment of an account it names
 * @param reconcileInterval time between two comparisons with the chain; 10 s on a dev chain, 5 min elsewhere when absent
 */
@Validated
@ConfigurationProperties("pbts.settlement")
public record SettlementProperties(
        @DefaultValue("batched") Mode mode,
        @Nullable Duration interval,
        @DefaultValue("512") @Min(1) @Max(4096) int itemsPerEpoch,

        @DefaultValue("15900000") @Min(100_000) @Max(16_000_000)
        long gasPerEpoch,

        @DefaultValue("6500") @Min(1000) long gasPerAccount,
        @DefaultValue("60000") @Min(1000) long gasPerNewAccount,
        @DefaultValue("4096") @Min(2) @Max(4096) int accountsPerTransaction,
        @DefaultValue("128") @Min(1) @Max(200) int enrolmentsPerBatch,
        @DefaultValue("2m") Duration enrolmentPatience,
        @Nullable Duration reconcileInterval) {

    /** How credits become settlements. */
    public enum Mode {
        BATCHED,
        IMMEDIATE
    }

    /** Credited batches in one epoch at most; each report is one batch. */
    int batchesPerEpoch() {
        return mode == Mode.IMMEDIATE ? 1 : itemsPerEpoch;
    }

    /** For an epoch that was cut already, and is only put together again. */
    SettlementProperties withoutLimits() {
        return new SettlementProperties(
                mode,
                interval,
                itemsPerEpoch,
                Long.MAX_VALUE,
                gasPerAccount,
                gasPerNewAccount,
                Integer.MAX_VALUE,
                enrolmentsPerBatch,
                enrolmentPatience,
                reconcileInterval);
    }

    Duration interval(boolean devChain) {
        if (mode == Mode.IMMEDIATE) {
            return Duration.ZERO;
        }
        Duration usual = devChain ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
        return interval == null ? usual : interval;
    }

    Duration reconcileInterval(boolean devChain) {
        Duration usual = devChain ? Duration.ofSeconds(10) : Duration.ofMinutes(5);
        return reconcileInterval == null ? usual : reconcileInterval;
    }
}
