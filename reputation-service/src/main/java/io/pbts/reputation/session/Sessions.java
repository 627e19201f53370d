package io.pbts.reputation.session;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.purge.Perishable;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which sessions are open, and how they end. Access tokens outlast their session, but nobody takes them any more who asks here. */
@Repository
public class Sessions implements Perishable {
    private final JdbcClient jdbc;
    private final SessionProperties properties;
    private final Clock clock;

    Sessions(JdbcClient jdbc, SessionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Requires that the caller's session is open and keeps it so until the surrounding transaction ends: who ends it meanwhile
     * waits, and then sees what the transaction did. After {@code lock_account}, where that is taken too. 401 {@code session-ended} otherwise.
     */
    public void hold(Caller.Account caller) {
        requireOpen(caller, " for share");
    }

    /** Ends every session that this key opened; returns how many. In the transaction that revokes the key, after its row. */
    public int endOpenedWith(AccountKey key) {
        return jdbc.sql("delete from session where kind = :kind and public_key = :key")
                .param("kind", key.kind().number())
                .param("key", key.bytes().toArrayUnsafe())
                .update();
    }

    /** Whose session this is; empty when it has ended. */
    Optional<AccountId> holder(SessionId session) {
        return jdbc.sql("select account_id from session where session_id = :session and expires_at > :now")
                .param("session", session.bytes().toArrayUnsafe())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new AccountId(row.getLong("account_id")))
                .optional();
    }

    /** Ends every session of an account; returns how many. */
    public int endAll(AccountId account) {
        return jdbc.sql("delete from session where account_id = :account")
                .param("account", account.value())
                .update();
    }

    void requireOpen(Caller.Account caller) {
        requireOpen(caller, "");
    }

    void end(SessionId session) {
        jdbc.sql("delete from session where session_id = :session")
                .param("session", session.bytes().toArrayUnsafe())
                .update();
    }

    /** Expired sessions, and dead refresh tokens that are too old to be replayed. */
    @Override
    public boolean purge() {
        int batch = properties.purgeBatch();
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        int sessions = jdbc.sql("""
                delete from session where session_id in
                    (select s.session_id from session s where s.expires_at < :now order by s.expires_at limit :batch)
                """).param("now", now).param("batch", batch).update();
        int tokens = jdbc.sql("""
                delete from refresh_token where token_hash in
                    (select t.token_hash from refresh_token t where t.used and t.expires_at < :now
                    order by t.expires_at limit :batch)
                """).param("now", now).param("batch", batch).update();
        return Math.max(sessions, tokens) == batch;
    }

    private void requireOpen(Caller.Account caller, String lock) {
        boolean open = SessionId.of(caller)
                .flatMap(session -> jdbc.sql("""
                        select 1 from session
                        where session_id = :session and account_id = :account and expires_at > :now""" + lock)
                        .param("session", session.bytes().toArrayUnsafe())
                        .param("account", caller.accountId())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .optional())
                .isPresent();
        if (!open) {
            throw new Refusal(401, "session-ended", "The session has ended; sign in again");
        }
    }
}
