package io.pbts.receipt.facts;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how many facts of others are remembered.
 *
 * @param fresh how long an account, an enabled torrent or the chain's address counts without asking again
 * @param absentFor how long it counts that something is not registered
 * @param accounts accounts and keys remembered, each
 * @param torrents bytes of piece hashes remembered; every torrent met is in the database as well
 * @param absentTorrents unregistered info hashes remembered
 */
@Validated
@ConfigurationProperties("pbts.facts")
record FactProperties(
        @DefaultValue("5s") Duration fresh,
        @DefaultValue("1s") Duration absentFor,
        @DefaultValue("50000") @Min(1) @Max(10_000_000) int accounts,
        @DefaultValue("32MB") DataSize torrents,
        @DefaultValue("10000") @Min(1) @Max(10_000_000) int absentTorrents) {}
