package io.pbts.reputation.apikey;

import io.pbts.reputation.session.Sessions;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes API keys, while the session that asks is open and the account has few. */
@Component
class ApiKeyIssue {
    private final ApiKeys keys;
    private final Sessions sessions;
    private final ApiKeyProperties properties;
    private final SecureRandom random;

    ApiKeyIssue(ApiKeys keys, Sessions sessions, ApiKeyProperties properties, SecureRandom random) {
        this.keys = keys;
        this.sessions = sessions;
        this.properties = properties;
        this.random = random;
    }

    /** The one time that the key is known. */
    record Issued(ApiKeyView view, ApiKey key) {}

    @Transactional
    Issued issue(Caller.Account caller, ApiKeyRequest request) {
        sessions.hold(caller);
        return add(new AccountId(caller.accountId()), request);
    }

    /** As the operator does it for somebody else's account. */
    @Transactional
    Issued grant(AccountId account, ApiKeyRequest request) {
        return add(account, request);
    }

    private Issued add(AccountId account, ApiKeyRequest request) {
        if (keys.lock(account) >= properties.perAccount()) {
            throw new Refusal(
                    409,
                    "too-many-api-keys",
                    "An account has at most %d API keys; revoke one".formatted(properties.perAccount()));
        }
        ApiKey key = ApiKey.fresh(random);
        ApiKeyView view = keys.add(account, request, key.hash())
                .orElseThrow(() -> new Refusal(409, "name-taken", "The account has an API key of this name"));
        return new Issued(view, key);
    }
}
