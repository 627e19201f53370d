package io.pbts.announce.admission;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where standings come from and how many are held.
 *
 * @param reputationUrl base URL of reputation-service
 * @param refresh longest time between two reads of the feed; NOTIFY makes it shorter
 * @param pageSize standings per read
 * @param maxStandings accounts held; those beyond are asked for one by one
 * @param maxAnswers answers about single passkeys held, most of them "unknown"
 * @param maxQuestions passkeys being asked for at a time; more are told to come back soon
 * @param concurrentQuestions of them on the way to reputation-service
 * @param warnBelow a member is warned while its ratio lies below so many times the minimum
 * @param unknownFor how long an unknown passkey is not asked for again; the feed is faster when it appears
 */
@Validated
@ConfigurationProperties("pbts.admission")
record AdmissionProperties(
        URI reputationUrl,
        @DefaultValue("1s") Duration refresh,
        @DefaultValue("1000") @Min(1) @Max(10_000) int pageSize,
        @DefaultValue("1000000") @Min(1) @Max(100_000_000) int maxStandings,
        @DefaultValue("10000") @Min(16) @Max(1_000_000) int maxAnswers,
        @DefaultValue("256") @Min(1) @Max(65_536) int maxQuestions,
        @DefaultValue("4") @Min(1) @Max(64) int concurrentQuestions,

        @DefaultValue("1.2") @DecimalMin("1") @DecimalMax("1000")
        BigDecimal warnBelow,

        @DefaultValue("60s") Duration unknownFor) {}
