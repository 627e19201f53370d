package io.pbts.announce.admission;

import io.pbts.announce.passkey.HashedPasskey;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.support.Feed;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

/** What announce-service asks reputation-service. */
interface ReputationClient {

    @GetExchange("/internal/v1/standings")
    Feed<StandingFact> standings(@RequestParam("after") String after, @RequestParam("limit") int limit);

    @GetExchange("/internal/v1/standings/by-passkey/{hash}")
    StandingFact byPasskey(@PathVariable("hash") String hash);

    @GetExchange("/internal/v1/standings/by-user/{user_id}")
    StandingFact byUser(@PathVariable("user_id") String userId);

    @GetExchange("/internal/v1/instance")
    InstanceFact instance();

    /** Which suite this is, in 64 hexadecimal digits. */
    record InstanceFact(String instanceId) {}

    /**
     * The verdict on one account.
     *
     * @param expiringPasskeys those of the hashes whose end is known
     * @param ratio with two decimals, rounded down; absent while nothing was downloaded
     * @param bytesOwed what to seed to be admitted again
     */
    record StandingFact(
            long accountId,
            String userId,
            List<String> passkeyHashes,
            @Nullable List<ExpiringPasskey> expiringPasskeys,
            boolean allowed,
            @Nullable String ratio,
            String minRatio,
            long bytesOwed) {

        /** Takes the share of the minimum, at least 1, below which a ratio is near it. */
        Caller.Standing toStanding(BigDecimal warnBelow) {
            String shown = ratio == null ? "0.00" : ratio;
            String refusal = "Insufficient ratio: " + shown + " < " + minRatio + "; seed " + bytesOwed + " more bytes";
            List<HashedPasskey> passkeys =
                    passkeyHashes.stream().map(ReputationClient::hashed).toList();
            List<Caller.Expiring> expiring = expiringPasskeys == null
                    ? List.of()
                    : expiringPasskeys.stream().map(ExpiringPasskey::toExpiring).toList();
            return new Caller.Standing(accountId, userId, allowed, refusal, warning(warnBelow), passkeys, expiring);
        }

        private @Nullable String warning(BigDecimal warnBelow) {
            boolean isNear = allowed
                    && ratio != null
                    && new BigDecimal(ratio).compareTo(new BigDecimal(minRatio).multiply(warnBelow)) < 0;
            return isNear
                    ? "Your ratio is " + ratio + ", and below " + minRatio
                            + " you get no more peers to download from: seed before you download more"
                    : null;
        }
    }

    /**
     * A passkey in its grace.
     *
     * @param hash 64 hexadecimal digits
     * @param expiresAt seconds since 1970
     */
    record ExpiringPasskey(String hash, long expiresAt) {
        Caller.Expiring toExpiring() {
            return new Caller.Expiring(hashed(hash), expiresAt);
        }
    }

    private static HashedPasskey hashed(String hex) {
        return HashedPasskey.of(PasskeyHash.fromHex(hex));
    }
}
