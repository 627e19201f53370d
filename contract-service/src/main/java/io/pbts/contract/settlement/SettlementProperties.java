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
 * @param interval time between two epochs, and between two batches of enrolments; 5 s on a dev chain, 10 min elsewhere
 *     when absent
 * @param itemsPerEpoch credited batches in one epoch at most
 * @param gasPerEpoch what the accounts of an epoch may cost together, below the cap of a transaction (EIP-7825)
 * @param gasPerAccount what an account costs that the ledger knows
 * @param gasPerNewAccount what an account costs that the ledger does not know
 * @param enrolmentsPerBatch accounts that are enrolled in one transaction
 * @param enrolmentPatience how long a credit waits for the enrolment of an account it names
 * @param reconcileInterval time between two comparisons with the chain; 10 s on a dev chain, 5 min elsewhere when absent
 */
@Validated
@ConfigurationProperties("pbts.settlement")
record SettlementProperties(
        @Nullable Duration interval,
        @DefaultValue("512") @Min(1) @Max(4096) int itemsPerEpoch,

        @DefaultValue("12000000") @Min(100_000) @Max(16_000_000)
        long gasPerEpoch,

        @DefaultValue("7000") @Min(1000) long gasPerAccount,
        @DefaultValue("30000") @Min(1000) long gasPerNewAccount,
        @DefaultValue("128") @Min(1) @Max(200) int enrolmentsPerBatch,
        @DefaultValue("2m") Duration enrolmentPatience,
        @Nullable Duration reconcileInterval) {

    Duration interval(boolean devChain) {
        Duration usual = devChain ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
        return interval == null ? usual : interval;
    }

    Duration reconcileInterval(boolean devChain) {
        Duration usual = devChain ? Duration.ofSeconds(10) : Duration.ofMinutes(5);
        return reconcileInterval == null ? usual : reconcileInterval;
    }
}
