package io.pbts.announce.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is kept of wallets.
 *
 * @param maxPeers wallets in an answer, of one swarm
 * @param swarmsPerAccount swarms that an account may be in by its wallets; the one it was longest silent in gives way
 * @param boundFor how long a peer id stays bound; binding it again prolongs that
 * @param bindingsPerAccount peer ids that an account may have bound at a time
 * @param purgeBatch rows deleted at once when they are over
 */
@Validated
@ConfigurationProperties("pbts.wallet")
record WalletProperties(
        @DefaultValue("50") @Min(1) @Max(1000) int maxPeers,
        @DefaultValue("1000") @Min(1) @Max(100_000) int swarmsPerAccount,

        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration boundFor,

        @DefaultValue("32") @Min(1) @Max(1000) int bindingsPerAccount,
        @DefaultValue("1000") @Min(1) @Max(100_000) int purgeBatch) {}
