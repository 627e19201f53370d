package io.pbts.announce.admission;

import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.passkey.HashedPasskey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last standing of every account the feed told of, found without a lock and without an allocation. */
final class StandingCache {
    private final int maxStandings;
    private final Map<Long, Standing> byAccount = new ConcurrentHashMap<>();
    private final Map<HashedPasskey, Standing> byPasskey = new ConcurrentHashMap<>();
    private final Map<String, Standing> byUser = new ConcurrentHashMap<>();

    StandingCache(int maxStandings) {
        this.maxStandings = maxStandings;
    }

    @Nullable
    Standing byPasskey(HashedPasskey passkey) {
        return byPasskey.get(passkey);
    }

    @Nullable
    Standing byUser(String userId) {
        return byUser.get(userId);
    }

    /** Takes over a newer standing. Accounts beyond the limit are left out: they are asked for when they come. */
    synchronized void apply(Standing standing) {
        Standing old = byAccount.get(standing.accountId());
        if (old == null && byAccount.size() >= maxStandings) {
            return;
        }
        byAccount.put(standing.accountId(), standing);
        byUser.put(standing.userId(), standing);
        standing.passkeys().forEach(passkey -> byPasskey.put(passkey, standing));
        if (old != null) {
            old.passkeys().stream()
                    .filter(passkey -> !standing.passkeys().contains(passkey))
                    .forEach(byPasskey::remove);
        }
    }
}
