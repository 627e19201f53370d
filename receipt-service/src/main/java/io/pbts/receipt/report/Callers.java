package io.pbts.receipt.report;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.account.UserId;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.facts.AccountDirectory;
import io.pbts.support.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Who reports. Outside {@code local} the caller's passkey says so, before anybody's signature is looked at; in {@code local},
 * on loopback, a caller without one is taken at its word, as in the original.
 */
@Component
class Callers {
    static final String HEADER = "X-PBTS-Passkey";

    private final AccountDirectory accounts;
    private final PasskeyHashKey passkeyKey;
    private final boolean passkeyDemanded;

    Callers(AccountDirectory accounts, PasskeyHashKey passkeyKey, Environment environment) {
        this.accounts = accounts;
        this.passkeyKey = passkeyKey;
        this.passkeyDemanded = !environment.acceptsProfiles(Profiles.of("local"));
    }

    Account identify(@Nullable String passkey, String userId) {
        if (passkey == null) {
            return passkeyDemanded ? refuseMissing() : byName(userId);
        }
        Account account = Passkey.parse(passkey)
                .flatMap(parsed -> accounts.byPasskey(parsed.hash(passkeyKey)))
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey in " + HEADER + " is not known"));
        if (!account.userId().equals(userId)) {
            throw new Refusal(403, "not-your-account", "user_id is not the account of the passkey in " + HEADER);
        }
        return account;
    }

    private static Account refuseMissing() {
        throw new Refusal(401, "passkey-missing", "Send your passkey in the header " + HEADER);
    }

    private Account byName(String userId) {
        return userId(userId)
                .flatMap(accounts::byUserId)
                .orElseThrow(() -> new Refusal(404, "unknown-user", "User not registered"));
    }

    private static Optional<UserId> userId(String text) {
        try {
            return Optional.of(new UserId(text));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
