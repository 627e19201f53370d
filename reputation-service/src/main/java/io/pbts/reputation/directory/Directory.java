package io.pbts.reputation.directory;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.UserId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Who holds a key, a passkey or a name; many at once, each kind in one statement. What nobody holds is left out. */
@Repository
class Directory {
    private final JdbcClient jdbc;
    private final Clock clock;

    Directory(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Times here are whole seconds since 1970. */
    record KeyHolder(
            AccountKey key, boolean proven, @Nullable Long revokedAt, AccountView account) {}

    record PasskeyHolder(PasskeyHash hash, @Nullable Long expiresAt, AccountView account) {}

    /** Holders of keys. A revoked key stays its holder's: what it signed before may be looked at later. */
    List<KeyHolder> holdersOfKeys(List<AccountKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Object[] kinds = keys.stream().map(key -> key.kind().number()).toArray();
        byte[][] bytes = keys.stream().map(key -> key.bytes().toArray()).toArray(byte[][]::new);
        return jdbc.sql("""
                select k.kind, k.public_key, k.possession_proven,
                    floor(extract(epoch from k.revoked_at))::bigint as revoked_at, a.account_id, a.user_id, a.chain_account
                from (select distinct * from unnest(:kinds, :keys) as n (kind, public_key)) asked
                join account_key k on k.kind = asked.kind and k.public_key = asked.public_key
                join account a on a.account_id = k.account_id
                """)
                .param("kinds", new SqlArrayValue("int4", kinds))
                .param("keys", new SqlArrayValue("bytea", (Object[]) bytes))
                .query((row, _) -> new KeyHolder(
                        AccountKey.of(kind(row.getInt("kind")), Bytes.wrap(row.getBytes("public_key"))),
                        row.getBoolean("possession_proven"),
                        row.getObject("revoked_at", Long.class),
                        AccountView.of(row)))
                .list();
    }

    /** Holders of passkeys that have not expired. */
    List<PasskeyHolder> holdersOfPasskeys(List<PasskeyHash> hashes) {
        if (hashes.isEmpty()) {
            return List.of();
        }
        byte[][] bytes = hashes.stream().map(hash -> hash.bytes().toArray()).toArray(byte[][]::new);
        return jdbc.sql("""
                select p.passkey_hash, floor(extract(epoch from p.expires_at))::bigint as expires_at, a.account_id, a.user_id, a.chain_account
                from passkey p join account a on a.account_id = p.account_id
                where p.passkey_hash = any (:hashes) and (p.expires_at is null or p.expires_at > :now)
                """)
                .param("hashes", new SqlArrayValue("bytea", (Object[]) bytes))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new PasskeyHolder(
                        PasskeyHash.ofBytes(row.getBytes("passkey_hash")),
                        row.getObject("expires_at", Long.class),
                        AccountView.of(row)))
                .list();
    }

    List<AccountView> named(List<UserId> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        Object[] values = names.stream().map(UserId::value).toArray();
        return jdbc.sql("select account_id, user_id, chain_account from account where user_id = any (:names)")
                .param("names", new SqlArrayValue("text", values))
                .query((row, _) -> AccountView.of(row))
                .list();
    }

    private static AccountKey.Kind kind(int number) {
        for (AccountKey.Kind kind : AccountKey.Kind.values()) {
            if (kind.number() == number) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of key has the number " + number);
    }
}
