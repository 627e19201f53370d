package io.pbts.receipt.signature;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What checking signatures may cost.
 *
 * @param threads that check; 0 means one per processor
 * @param queue reports that may wait for such a thread
 * @param rememberedKeys parsed BLS keys; parsing one costs more than adding its message to a batch
 * @param rememberedSessions sessions whose certificate was verified
 */
@Validated
@ConfigurationProperties("pbts.signature")
public record SignatureProperties(
        @DefaultValue("0") @Min(0) @Max(256) int threads,
        @DefaultValue("32") @Min(1) @Max(10_000) int queue,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int rememberedKeys,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int rememberedSessions) {}
