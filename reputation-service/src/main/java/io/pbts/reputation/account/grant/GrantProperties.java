package io.pbts.reputation.account.grant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigInteger;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a wallet counts as funded.
 *
 * @param minimumWalletWei what it must have at least ({@code PBTS_MINIMUM_WALLET_WEI})
 * @param retry how long after a look that told nothing the next one comes
 * @param batch wallets that one replica takes at once
 */
@Validated
@ConfigurationProperties("pbts.wallet-grant")
record GrantProperties(
        @DefaultValue("1000000000000000") @Min(0) BigInteger minimumWalletWei,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration retry,

        @DefaultValue("32") @Min(1) @Max(1024) int batch) {}
