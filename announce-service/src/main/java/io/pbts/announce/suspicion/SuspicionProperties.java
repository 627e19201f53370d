package io.pbts.announce.suspicion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is suspicious and how much of it is remembered.
 *
 * @param unheardUpload bytes of upload between two announces that nobody can have asked for by oversight
 * @param addresses addresses (IPv6: /64) of one account in a day of UTC; of more than about 40 the number is an estimate
 * @param maxAccounts accounts that signals are kept of; of more the one with the oldest signal is forgotten
 * @param watchedAccounts accounts whose addresses are counted at a time, 20 bytes each
 */
@Validated
@ConfigurationProperties("pbts.suspicion")
record SuspicionProperties(
        @DefaultValue("16MB") DataSize unheardUpload,
        @DefaultValue("12") @Min(2) @Max(200) int addresses,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxAccounts,
        @DefaultValue("65536") @Min(1) @Max(16_777_216) int watchedAccounts) {}
