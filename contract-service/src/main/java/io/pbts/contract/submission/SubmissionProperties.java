package io.pbts.contract.submission;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How hard a transaction is tried, and what it may cost.
 *
 * @param maxFeeGwei most that is ever offered per gas; above it we wait
 * @param maxTipGwei most that is offered to a validator per gas
 * @param dailyBudgetEther what all transactions of 24 hours may cost together; above it nothing new is signed. 1
 *     when absent, on a dev chain a billion
 * @param maxGas gas of one transaction; EIP-7825 allows 2^24
 * @param gasMarginPercent added to the node's estimate, which is short when a block's time decides what is written
 * @param resendAfter when bytes that are not mined are sent again; 3 s on a dev chain, 48 s elsewhere when absent
 * @param raiseAfterBlocks after how many blocks without us the fee is raised
 * @param window how many transactions are sent or looked at in one step
 * @param reorgPatience how long the chain must show fewer of our transactions before we believe it
 */
@Validated
@ConfigurationProperties("pbts.submission")
public record SubmissionProperties(
        @DefaultValue("200") @Min(1) @Max(100_000) int maxFeeGwei,
        @DefaultValue("5") @Min(0) @Max(10_000) int maxTipGwei,
        @Nullable @Positive BigDecimal dailyBudgetEther,

        @DefaultValue("16777216") @Min(21_000) @Max(16_777_216)
        long maxGas,

        @DefaultValue("25") @Min(1) @Max(200) int gasMarginPercent,
        @Nullable Duration resendAfter,
        @DefaultValue("4") @Min(1) @Max(1000) int raiseAfterBlocks,
        @DefaultValue("64") @Min(1) @Max(1024) int window,
        @DefaultValue("3s") Duration reorgPatience) {

    BigDecimal dailyBudgetEther(boolean devChain) {
        BigDecimal usual = devChain ? BigDecimal.valueOf(1_000_000_000L) : BigDecimal.ONE;
        return dailyBudgetEther == null ? usual : dailyBudgetEther;
    }

    Duration resendAfter(boolean devChain) {
        Duration usual = devChain ? Duration.ofSeconds(3) : Duration.ofSeconds(48);
        return resendAfter == null ? usual : resendAfter;
    }
}
