package io.pbts.reputation.standing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The grant that newcomers begin with ({@code INITIAL_CREDIT_POLICY}, {@code INITIAL_CREDIT_BYTES}).
 *
 * @param policy who gets it
 * @param bytes how much; the chain carries whole MiB of it
 */
@Validated
@ConfigurationProperties("pbts.initial-credit")
public record InitialCreditProperties(
        @DefaultValue("always") Policy policy,
        @DefaultValue("1073741824") @Min(0) @Max(1L << 50) long bytes) {

    /** Who gets the initial credit. */
    public enum Policy {
        ALWAYS,
        NEVER,
        /** Whoever registers with a wallet that has something on the chain. */
        FUNDED_WALLET;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a new account without a wallet begins with. */
    public Grant grant() {
        return switch (policy) {
            case ALWAYS -> Grant.of(bytes);
            case NEVER, FUNDED_WALLET -> Grant.none();
        };
    }

    /** What a new account of a wallet begins with. */
    public Grant walletGrant() {
        return switch (policy) {
            case ALWAYS -> Grant.of(bytes);
            case NEVER -> Grant.none();
            case FUNDED_WALLET -> Grant.pending(bytes);
        };
    }
}
