package io.pbts.support.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the tokens between services is remembered; a token is about 1 KiB.
 *
 * @param minted tokens made, one per target and caller
 * @param verified tokens seen, so that a signature is checked once per token
 */
@Validated
@ConfigurationProperties("pbts.tokens")
public record TokenProperties(
        @DefaultValue("10000") @Min(16) @Max(1_000_000) int minted,
        @DefaultValue("10000") @Min(16) @Max(1_000_000) int verified) {}
