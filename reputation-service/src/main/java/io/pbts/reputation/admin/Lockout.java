package io.pbts.reputation.admin;

import io.pbts.protocol.account.UserId;
import io.pbts.reputation.apikey.ApiKeys;
import io.pbts.reputation.session.Sessions;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import java.time.Clock;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes everything from an account that somebody else may have: sessions, API keys, passkeys. Its keys stay, so that its
 * owner signs in again. Sessions go before the rest: what one of them writes meanwhile is swept away too, or refused.
 */
@Component
class Lockout {
    private static final Logger LOG = LoggerFactory.getLogger(Lockout.class);

    private final JdbcClient jdbc;
    private final Sessions sessions;
    private final ApiKeys apiKeys;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Lockout(JdbcClient jdbc, Sessions sessions, ApiKeys apiKeys, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.apiKeys = apiKeys;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How many of each were revoked. */
    record Revoked(int sessions, int apiKeys, int passkeys) {}

    /** 404 when nobody has the name. */
    Revoked lock(UserId user) {
        Revoked revoked = transaction.execute(_ -> {
            AccountId account = locked(user);
            return new Revoked(sessions.endAll(account), apiKeys.revokeAll(account), expirePasskeys(account));
        });
        if (revoked == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        LOG.warn(
                "event=lockout by=admin user={} sessions={} api_keys={} passkeys={}",
                user.value(),
                revoked.sessions(),
                revoked.apiKeys(),
                revoked.passkeys());
        return revoked;
    }

    private AccountId locked(UserId user) {
        AccountId account = jdbc.sql("select account_id from account where user_id = :user")
                .param("user", user.value())
                .query((row, _) -> new AccountId(row.getLong("account_id")))
                .optional()
                .orElseThrow(() -> new Refusal(404, "unknown-user", "No such account"));
        jdbc.sql("select lock_account(:account)")
                .param("account", account.value())
                .query()
                .singleRow();
        return account;
    }

    private int expirePasskeys(AccountId account) {
        return jdbc.sql("select expire_passkeys(:account, :now)")
                .param("account", account.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
