package io.pbts.reputation.account.origin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The tracker before this one.
 *
 * @param address settlement contract that this tracker's own follows ({@code PBTS_PREDECESSOR}); blank for none. Contract-service
 *     has the same setting and checks it against the chain
 */
@ConfigurationProperties("pbts.predecessor")
record PredecessorProperties(@Nullable String address) {
    boolean isNamed() {
        return address != null && !address.isBlank();
    }
}
