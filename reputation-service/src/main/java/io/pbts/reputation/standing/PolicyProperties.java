package io.pbts.reputation.standing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the gate and the ledger judge by, as this process was told. The row in the database counts; the process that started
 * last wrote it.
 *
 * @param minRatio the ratio below which a peer may not download ({@code MIN_RATIO})
 * @param overdraftBytes how far below it a receiver may be when it is credited ({@code PBTS_OVERDRAFT_BYTES})
 * @param basis whose word the gate goes by ({@code PBTS_BASIS})
 */
@Validated
@ConfigurationProperties("pbts.policy")
record PolicyProperties(
        @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1000") @Digits(integer = 4, fraction = 4)
        BigDecimal minRatio,

        @DefaultValue("67108864") @Min(0) @Max(1L << 50) long overdraftBytes,
        @DefaultValue("receipts") Basis basis) {}
