package io.pbts.receipt.policy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What this tracker accepts.
 *
 * @param maxReceiptsPerReport receipts in one report
 * @param httpV1 whether the original tracker's receipts count: they bind no instance, so another tracker's count too
 * @param bep10V1 whether receipts of the original's BEP 10 extension count, which bind no instance either
 * @param eip191V1 whether the AI-agent variant's receipts count, which bind no instance either
 * @param validFor how old a receipt of our own form may be
 * @param receiptWindow how old an original one may be, until {@code POST /config} says otherwise
 * @param variantWindow how old one of the AI-agent variant's may be
 * @param clockSkew how far ahead of ours a receiver's clock may be, for every kind
 * @param badSignatureLimit bad signatures a caller may send in a minute
 * @param watchedCallers callers whose bad signatures are remembered
 */
@Validated
@ConfigurationProperties("pbts.receipt")
public record ReceiptProperties(
        @DefaultValue("256") @Min(1) @Max(4096) int maxReceiptsPerReport,
        @DefaultValue("false") boolean httpV1,
        @DefaultValue("false") boolean bep10V1,
        @DefaultValue("false") boolean eip191V1,

        @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration validFor,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration receiptWindow,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration variantWindow,

        @DefaultValue("120s") @DurationMin(seconds = 0) @DurationMax(hours = 1)
        Duration clockSkew,

        @DefaultValue("64") @Min(1) @Max(1_000_000) int badSignatureLimit,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int watchedCallers) {}
