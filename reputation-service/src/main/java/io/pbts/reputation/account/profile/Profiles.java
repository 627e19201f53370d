package io.pbts.reputation.account.profile;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.reputation.account.key.KeyName;
import io.pbts.reputation.standing.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads profiles. */
@Repository
class Profiles {
    private final JdbcClient jdbc;
    private final Clock clock;

    Profiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Profile> of(AccountId account) {
        return jdbc.sql("""
                select a.user_id, a.chain_account, a.registered_at, t.grant_state
                from account a join total t on t.account_id = a.account_id where a.account_id = :account
                """)
                .param("account", account.value())
                .query((row, _) -> new Profile(
                        account,
                        row.getString("user_id"),
                        ChainAccount.ofBytes(row.getBytes("chain_account")).hex(),
                        required(row, "registered_at"),
                        row.getString("grant_state"),
                        keys(account),
                        passkeys(account)))
                .optional();
    }

    private List<Profile.Key> keys(AccountId account) {
        return jdbc.sql("""
                select kind, public_key, possession_proven, added_at, revoked_at from account_key
                where account_id = :account order by added_at, kind, public_key
                """)
                .param("account", account.value())
                .query((row, _) -> key(row))
                .list();
    }

    private List<Profile.Passkey> passkeys(AccountId account) {
        return jdbc.sql("""
                select created_at, expires_at from passkey
                where account_id = :account and (expires_at is null or expires_at > :now)
                order by created_at desc, passkey_hash
                """)
                .param("account", account.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> passkey(row))
                .list();
    }

    private static Profile.Key key(ResultSet row) throws SQLException {
        AccountKey.Kind kind =
                row.getInt("kind") == AccountKey.Kind.BLS.number() ? AccountKey.Kind.BLS : AccountKey.Kind.ADDRESS;
        KeyName name = KeyName.of(AccountKey.of(kind, Bytes.wrap(row.getBytes("public_key"))));
        Long revokedAt = seconds(row, "revoked_at");
        return new Profile.Key(
                name.kind(),
                name.value(),
                revokedAt == null ? "active" : "revoked",
                row.getBoolean("possession_proven"),
                required(row, "added_at"),
                revokedAt);
    }

    private static Profile.Passkey passkey(ResultSet row) throws SQLException {
        Long expiresAt = seconds(row, "expires_at");
        return new Profile.Passkey(expiresAt == null ? "current" : "grace", required(row, "created_at"), expiresAt);
    }

    private static long required(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant().getEpochSecond();
    }

    private static @Nullable Long seconds(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant().getEpochSecond();
    }
}
