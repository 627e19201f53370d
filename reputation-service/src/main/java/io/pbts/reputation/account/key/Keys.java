package io.pbts.reputation.account.key;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.session.Sessions;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Adds and revokes keys. One belongs to one account for ever, revoked or not: the table's constraint decides. */
@Repository
class Keys {
    private final JdbcClient jdbc;
    private final Sessions sessions;
    private final KeyProperties properties;
    private final Clock clock;

    Keys(JdbcClient jdbc, Sessions sessions, KeyProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /** Adds a key whose holder proved to have it; returns since when the account holds it. */
    @Transactional
    public Instant add(Caller.Account caller, AccountKey key) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String outcome;
        try {
            outcome = statement("select add_key(:account, :kind, :key, :now, :most)", caller, key, now)
                    .param("most", properties.most())
                    .query(String.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw new Refusal(409, "key-taken", "This key belongs, or belonged, to an account", taken);
        }
        sessions.hold(caller); // after the account's row: everybody locks in this order
        if (outcome.equals("too-many")) {
            throw new Refusal(
                    409,
                    "too-many-keys",
                    "An account has at most %d keys, revoked ones included".formatted(properties.most()));
        }
        return now;
    }

    /**
     * Revokes a key as of this second and ends the sessions that it opened. What it signed earlier counts within its window.
     * Again changes nothing.
     */
    @Transactional
    public void revoke(Caller.Account caller, AccountKey key) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String outcome = statement("select revoke_key(:account, :kind, :key, :now)", caller, key, now)
                .query(String.class)
                .single();
        sessions.hold(caller);
        switch (outcome) {
            case "revoked" -> sessions.endOpenedWith(key);
            case "last" ->
                throw new Refusal(
                        409, "last-key", "The last key cannot be revoked: nobody could sign in. Add another first");
            case "unknown" -> throw new Refusal(404, "unknown-key", "The account has no such key");
            default -> throw new IllegalStateException("revoke_key says " + outcome);
        }
    }

    private JdbcClient.StatementSpec statement(String sql, Caller.Account caller, AccountKey key, Instant now) {
        return jdbc.sql(sql)
                .param("account", caller.accountId())
                .param("kind", (short) key.kind().number())
                .param("key", key.bytes().toArray())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }
}
