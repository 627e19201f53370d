package io.pbts.gateway.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is believed.
 *
 * @param trustedProxies ranges of the proxies whose {@code X-Forwarded-For} counts ({@code PBTS_TRUSTED_PROXIES})
 * @param askTimeout for the question whose an API key is, or whether a session is open
 * @param remembered API keys, sessions and their tokens whose answer is kept, unknown ones too
 * @param rememberFor how long; a revoked API key, an ended session or a withdrawn signing key works no longer than this
 */
@Validated
@ConfigurationProperties("pbts.gateway.access")
record AccessProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("2s") Duration askTimeout,
        @DefaultValue("10000") @Min(16) @Max(1_000_000) int remembered,
        @DefaultValue("5s") Duration rememberFor) {
    private static final int MOST_PROXIES = 64;

    AccessProperties {
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        if (trustedProxies.size() > MOST_PROXIES) {
            throw new IllegalArgumentException("more than %d trusted proxies".formatted(MOST_PROXIES));
        }
        if (rememberFor.isNegative() || rememberFor.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("an answer about a credential is kept for 0 s to 1 min: " + rememberFor);
        }
    }

    TrustedProxies proxies() {
        return new TrustedProxies(
                trustedProxies.stream().map(AddressRange::parse).toList());
    }
}
