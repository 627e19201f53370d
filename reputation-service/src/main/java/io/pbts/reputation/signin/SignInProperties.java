package io.pbts.reputation.signin;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How keys sign in, and how much of that is kept.
 *
 * @param chainId of the chain whose wallets sign in ({@code PBTS_CHAIN_ID})
 * @param challengeFor how long a challenge can be answered
 * @param challengesPerAddress unanswered challenges of one caller's address (IPv6: of its /64)
 * @param challenges unanswered challenges in all; beyond it the oldest is forgotten
 * @param concurrentVerifications how many signatures are in pairings at once
 * @param patience how long one waits for its turn before it is sent away with 503
 * @param purgeBatch rows deleted at once when they have expired
 */
@Validated
@ConfigurationProperties("pbts.sign-in")
record SignInProperties(
        @Min(1) long chainId,

        @DefaultValue("5m") @DurationMin(seconds = 10) @DurationMax(minutes = 15)
        Duration challengeFor,

        @DefaultValue("32") @Min(1) @Max(10_000) int challengesPerAddress,
        @DefaultValue("100000") @Min(100) @Max(10_000_000) int challenges,
        @DefaultValue("2") @Min(1) @Max(256) int concurrentVerifications,

        @DefaultValue("2s") @DurationMax(seconds = 30) Duration patience,

        @DefaultValue("1000") @Min(1) @Max(100_000) int purgeBatch) {}
