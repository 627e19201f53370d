package io.pbts.reputation.account.passkey;

import io.pbts.support.Refusal;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What follows when a passkey is replaced.
 *
 * @param graceSeconds how long the old one works when nobody says otherwise
 * @param mostGraceSeconds how long anybody may say
 * @param mostInGrace replaced passkeys of one account that work at a time
 */
@Validated
@ConfigurationProperties("pbts.passkeys")
record PasskeyProperties(
        @DefaultValue("86400") @Min(0) @Max(604_800) long graceSeconds,
        @DefaultValue("604800") @Min(0) @Max(2_592_000) long mostGraceSeconds,
        @DefaultValue("8") @Min(1) @Max(64) int mostInGrace) {

    Duration grace(@Nullable Long asked) {
        long seconds = asked == null ? Math.min(graceSeconds, mostGraceSeconds) : asked;
        if (seconds < 0 || seconds > mostGraceSeconds) {
            throw new Refusal(
                    400, "invalid-grace", "grace_seconds must be between 0 and %d".formatted(mostGraceSeconds));
        }
        return Duration.ofSeconds(seconds);
    }
}
