package io.pbts.reputation.account.key;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many keys.
 *
 * @param most keys of one account, revoked ones included
 */
@Validated
@ConfigurationProperties("pbts.account-keys")
record KeyProperties(@DefaultValue("16") @Min(1) @Max(1024) int most) {}
