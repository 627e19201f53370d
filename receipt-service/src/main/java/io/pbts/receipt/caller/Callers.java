package io.pbts.receipt.caller;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.UserId;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.facts.AccountDirectory;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns whoever the route's rule let in into the account that answers for the request, before anybody's signature is looked
 * at. A session or an API key names it in the gateway's token, a passkey is ours to resolve; a caller with neither is one
 * whom the rule admitted by LOOPBACK, which exists in {@code local} only.
 */
@Component
public class Callers {
    public static final String HEADER = "X-PBTS-Passkey";

    private final AccountDirectory accounts;

    Callers(AccountDirectory accounts) {
        this.accounts = accounts;
    }

    /**
     * The account id of the caller, who must be the one named. In {@code local} a caller without a credential is taken at
     * its word, as in the original.
     */
    public long identify(Caller caller, @Nullable String passkey, String userId) {
        Optional<Known> known = known(caller, passkey);
        if (known.isEmpty()) {
            return byName(userId).accountId();
        }
        if (!known.get().userId().equals(userId)) {
            throw new Refusal(
                    403,
                    "not-your-account",
                    "user_id is not the account of " + known.get().credential());
        }
        return known.get().accountId();
    }

    /** The account id of the caller, whoever it is. */
    public long requireAccount(Caller caller, @Nullable String passkey) {
        return account(caller, passkey)
                .orElseThrow(() -> new IllegalStateException("the route's rule let a stranger in"));
    }

    /** The account id of the caller; none for one in {@code local} without a credential. */
    public Optional<Long> account(Caller caller, @Nullable String passkey) {
        return known(caller, passkey).map(Known::accountId);
    }

    /** Refuses a credential that is nobody's. */
    public void requireKnown(Caller caller, @Nullable String passkey) {
        Optional<Known> known = known(caller, passkey);
        if (known.isEmpty() && !caller.isLoopback()) {
            throw new IllegalStateException("the route's rule let a stranger in");
        }
    }

    private record Known(long accountId, String userId, String credential) {}

    private Optional<Known> known(Caller caller, @Nullable String passkey) {
        if (caller instanceof Caller.Account bearer) {
            return Optional.of(byBearer(bearer, passkey));
        }
        return Optional.ofNullable(passkey).map(this::byPasskey);
    }

    /** The rule may have admitted this caller by its passkey, or in {@code local} by its address: its scope is ours to ask for. */
    private static Known byBearer(Caller.Account bearer, @Nullable String passkey) {
        if (passkey != null) {
            throw new Refusal(400, "two-credentials", "Send either Authorization or " + HEADER + ", not both");
        }
        if (!bearer.holds(Scope.REPORT)) {
            throw new Refusal(403, "not-allowed", "This needs an API key with scope " + Scope.REPORT.wire());
        }
        return new Known(bearer.accountId(), bearer.userId(), "the credential in Authorization");
    }

    private Known byPasskey(String passkey) {
        Account account = Passkey.parse(passkey)
                .flatMap(accounts::byPasskey)
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey in " + HEADER + " is not known"));
        return new Known(account.accountId(), account.userId(), "the passkey in " + HEADER);
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
