package io.pbts.reputation.session;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens a session for the account behind a key, and renews it. A token that is used twice ends the session (RFC 9700, 4.14). */
@Repository
class SessionOpening {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SessionProperties properties;
    private final SecureRandom random;
    private final Clock clock;

    SessionOpening(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SessionProperties properties,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.random = random;
        this.clock = clock;
    }

    /** For a key whose holder proved to have it. Refused with 401: {@code key-unknown}, {@code key-revoked}. */
    OpenSession open(AccountKey key) {
        return required(transaction.execute(_ -> {
            Holder holder = holder(key);
            makeRoom(holder.account());
            var session = new OpenSession(
                    SessionId.random(random), holder.account(), holder.user(), RefreshToken.fresh(random));
            insert(session, key);
            return session;
        }));
    }

    /** Strict: of two that use one token, also the same client in two threads, the second ends the session. */
    Refreshed refresh(RefreshToken token) {
        return required(transaction.execute(_ -> find(token)));
    }

    private record Holder(AccountId account, UserId user, boolean revoked) {}

    /** Locks the key's row: who revokes the key meanwhile waits, and then finds the session to end it. */
    private Holder holder(AccountKey key) {
        Holder holder = jdbc.sql("""
                select a.account_id, a.user_id, k.revoked_at is not null as revoked
                from account_key k join account a on a.account_id = k.account_id
                where k.kind = :kind and k.public_key = :key
                for share of k
                """)
                .param("kind", key.kind().number())
                .param("key", key.bytes().toArrayUnsafe())
                .query((row, _) -> new Holder(account(row), user(row), row.getBoolean("revoked")))
                .optional()
                .orElseThrow(() -> new Refusal(401, "key-unknown", "No account has this key; register it first"));
        if (holder.revoked()) {
            throw new Refusal(401, "key-revoked", "This key was revoked; sign in with another one");
        }
        return holder;
    }

    /** One sign-in of an account at a time, so that the bound is exact. */
    private void makeRoom(AccountId account) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('session ' || :account, 0))")
                .param("account", Long.toString(account.value()))
                .query()
                .singleRow();
        jdbc.sql("""
                delete from session where session_id in
                    (select s.session_id from session s where s.account_id = :account
                    order by s.opened_at desc, s.session_id offset :others)
                """)
                .param("account", account.value())
                .param("others", properties.perAccount() - 1)
                .update();
    }

    private void insert(OpenSession session, AccountKey key) {
        Instant now = clock.instant();
        jdbc.sql("""
                insert into session (session_id, account_id, kind, public_key, opened_at, refreshed_at, expires_at)
                values (:session, :account, :kind, :key, :now, :now, :expires)
                """)
                .param("session", session.id().bytes().toArrayUnsafe())
                .param("account", session.account().value())
                .param("kind", key.kind().number())
                .param("key", key.bytes().toArrayUnsafe())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", now.plus(properties.refreshFor()).atOffset(ZoneOffset.UTC))
                .update();
        insertToken(session, now);
    }

    private void insertToken(OpenSession session, Instant now) {
        jdbc.sql("insert into refresh_token (token_hash, session_id, expires_at) values (:hash, :session, :expires)")
                .param("hash", session.refreshToken().hash())
                .param("session", session.id().bytes().toArrayUnsafe())
                .param("expires", now.plus(properties.refreshFor()).atOffset(ZoneOffset.UTC))
                .update();
    }

    private record Found(SessionId session, AccountId account, UserId user, int refreshes) {}

    /** Locks the session before it looks at the token, as whoever ends a session does: no two can wait for each other. */
    private Refreshed find(RefreshToken token) {
        Found found = jdbc.sql("""
                select s.session_id, s.account_id, a.user_id, s.refreshes
                from session s join account a on a.account_id = s.account_id
                where s.session_id = (select t.session_id from refresh_token t where t.token_hash = :hash)
                for update of s
                """)
                .param("hash", token.hash())
                .query((row, _) -> new Found(
                        new SessionId(Bytes.wrap(row.getBytes("session_id"))),
                        account(row),
                        user(row),
                        row.getInt("refreshes")))
                .optional()
                .orElse(null);
        Optional<Boolean> used = found == null ? Optional.empty() : used(token);
        if (found == null || used.isEmpty()) {
            return new Refreshed.Unknown();
        }
        if (used.get()) {
            end(found);
            return new Refreshed.Replayed(found.user());
        }
        if (found.refreshes() >= properties.refreshes()) {
            end(found);
            return new Refreshed.WornOut();
        }
        return new Refreshed.Renewed(renew(token, found));
    }

    /** Empty when the token has expired. */
    private Optional<Boolean> used(RefreshToken token) {
        return jdbc.sql("select used from refresh_token where token_hash = :hash and expires_at > :now")
                .param("hash", token.hash())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .optional();
    }

    private OpenSession renew(RefreshToken token, Found found) {
        Instant now = clock.instant();
        jdbc.sql("update refresh_token set used = true where token_hash = :hash")
                .param("hash", token.hash())
                .update();
        jdbc.sql("""
                update session set refreshed_at = :now, refreshes = refreshes + 1, expires_at = :expires
                where session_id = :session
                """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", now.plus(properties.refreshFor()).atOffset(ZoneOffset.UTC))
                .param("session", found.session().bytes().toArrayUnsafe())
                .update();
        var renewed = new OpenSession(found.session(), found.account(), found.user(), RefreshToken.fresh(random));
        insertToken(renewed, now);
        return renewed;
    }

    private void end(Found found) {
        jdbc.sql("delete from session where session_id = :session")
                .param("session", found.session().bytes().toArrayUnsafe())
                .update();
    }

    private static AccountId account(ResultSet row) throws SQLException {
        return new AccountId(row.getLong("account_id"));
    }

    private static UserId user(ResultSet row) throws SQLException {
        return new UserId(row.getString("user_id"));
    }

    private static <T> T required(@Nullable T result) {
        if (result == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return result;
    }
}
