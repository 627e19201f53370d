package io.pbts.reputation.admin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.standing.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is on file about one account, but for its secrets and their hashes. Bounded as the tables are, per account. */
@Repository
class AccountFile {
    private static final int MOST_ROWS = 1000;

    private final JdbcClient jdbc;

    AccountFile(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Holder(AccountId account, String chainAccount, long registeredAt) {}

    record KeyOnFile(
            String kind,
            String value,
            boolean proven,
            long addedAt,
            @Nullable Long revokedAt) {}

    record PasskeyOnFile(long createdAt, @Nullable Long expiresAt) {}

    record SessionOnFile(String keyKind, long openedAt, long refreshedAt, long expiresAt) {}

    Optional<Holder> find(UserId user) {
        return jdbc.sql("select account_id, chain_account, registered_at from account where user_id = :user")
                .param("user", user.value())
                .query((row, _) -> new Holder(
                        new AccountId(row.getLong("account_id")),
                        Bytes.wrap(row.getBytes("chain_account")).toUnprefixedHexString(),
                        seconds(row, "registered_at")))
                .optional();
    }

    List<KeyOnFile> keys(AccountId account) {
        return jdbc.sql("""
                select kind, public_key, possession_proven, added_at, revoked_at from account_key
                where account_id = :account order by added_at, public_key limit :most
                """)
                .param("account", account.value())
                .param("most", MOST_ROWS)
                .query((row, _) -> new KeyOnFile(
                        kind(row),
                        value(row),
                        row.getBoolean("possession_proven"),
                        seconds(row, "added_at"),
                        secondsOrNull(row, "revoked_at")))
                .list();
    }

    List<PasskeyOnFile> passkeys(AccountId account) {
        return jdbc.sql("""
                select created_at, expires_at from passkey where account_id = :account order by created_at limit :most
                """)
                .param("account", account.value())
                .param("most", MOST_ROWS)
                .query((row, _) -> new PasskeyOnFile(seconds(row, "created_at"), secondsOrNull(row, "expires_at")))
                .list();
    }

    List<SessionOnFile> sessions(AccountId account) {
        return jdbc.sql("""
                select kind, opened_at, refreshed_at, expires_at from session
                where account_id = :account order by opened_at limit :most
                """)
                .param("account", account.value())
                .param("most", MOST_ROWS)
                .query((row, _) -> new SessionOnFile(
                        kind(row), seconds(row, "opened_at"), seconds(row, "refreshed_at"), seconds(row, "expires_at")))
                .list();
    }

    private static String kind(ResultSet row) throws SQLException {
        return isWallet(row) ? "wallet" : "bls";
    }

    private static String value(ResultSet row) throws SQLException {
        Bytes key = Bytes.wrap(row.getBytes("public_key"));
        return isWallet(row) ? new EthereumAddress(key).checksummed() : key.toUnprefixedHexString();
    }

    private static boolean isWallet(ResultSet row) throws SQLException {
        return row.getInt("kind") == AccountKey.Kind.ADDRESS.number();
    }

    private static long seconds(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toEpochSecond();
    }

    private static @Nullable Long secondsOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toEpochSecond();
    }
}
