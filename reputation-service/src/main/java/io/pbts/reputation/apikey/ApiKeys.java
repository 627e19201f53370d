package io.pbts.reputation.apikey;

import io.pbts.protocol.account.UserId;
import io.pbts.reputation.purge.Perishable;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.access.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The API keys of all accounts, by their hashes. What has expired is as good as gone. */
@Repository
public class ApiKeys implements Perishable {
    private final JdbcClient jdbc;
    private final ApiKeyProperties properties;
    private final Clock clock;

    ApiKeys(JdbcClient jdbc, ApiKeyProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** An account's API keys, oldest first. */
    public List<ApiKeyView> of(AccountId account) {
        return jdbc.sql("""
                select api_key_id, name, scopes, created_at, expires_at, last_used_on from api_key
                where account_id = :account and (expires_at is null or expires_at > :now)
                order by created_at, api_key_id
                """)
                .param("account", account.value())
                .param("now", now())
                .query((row, _) -> view(row))
                .list();
    }

    /** Revokes every API key of an account; returns how many. */
    public int revokeAll(AccountId account) {
        return jdbc.sql("delete from api_key where account_id = :account")
                .param("account", account.value())
                .update();
    }

    boolean revoke(AccountId account, long id) {
        return jdbc.sql("delete from api_key where account_id = :account and api_key_id = :id")
                        .param("account", account.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Whose key this is and what it is good for. */
    record Holder(
            AccountId account,
            UserId user,
            List<String> scopes,
            String name,
            @Nullable LocalDate lastUsedOn) {}

    /** Who holds the key of this hash; notes the day, once a day. */
    Optional<Holder> resolve(Bytes hash) {
        Optional<Holder> holder = jdbc.sql("""
                select k.account_id, a.user_id, k.scopes, k.name, k.last_used_on
                from api_key k join account a on a.account_id = k.account_id
                where k.key_hash = :hash and (k.expires_at is null or k.expires_at > :now)
                """)
                .param("hash", hash.toArrayUnsafe())
                .param("now", now())
                .query((row, _) -> new Holder(
                        new AccountId(row.getLong("account_id")),
                        new UserId(row.getString("user_id")),
                        scopes(row),
                        row.getString("name"),
                        row.getObject("last_used_on", LocalDate.class)))
                .optional();
        LocalDate today = now().toLocalDate();
        if (holder.isPresent() && !today.equals(holder.get().lastUsedOn())) {
            jdbc.sql("update api_key set last_used_on = :today where key_hash = :hash")
                    .param("today", today)
                    .param("hash", hash.toArrayUnsafe())
                    .update();
        }
        return holder;
    }

    /** The account of this name. */
    Optional<AccountId> account(UserId user) {
        return jdbc.sql("select account_id from account where user_id = :user")
                .param("user", user.value())
                .query((row, _) -> new AccountId(row.getLong("account_id")))
                .optional();
    }

    /** One new key of an account at a time until the transaction ends, so that their bound is exact. Returns how many there are. */
    int lock(AccountId account) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('api_key ' || :account, 0))")
                .param("account", Long.toString(account.value()))
                .query()
                .singleRow();
        jdbc.sql("delete from api_key where account_id = :account and expires_at <= :now")
                .param("account", account.value())
                .param("now", now())
                .update();
        return jdbc.sql("select count(*) from api_key where account_id = :account")
                .param("account", account.value())
                .query(Integer.class)
                .single();
    }

    /** Empty when the account has a key of this name. */
    Optional<ApiKeyView> add(AccountId account, ApiKeyRequest request, Bytes hash) {
        Instant now = clock.instant();
        return jdbc.sql("""
                insert into api_key (key_hash, account_id, name, scopes, created_at, expires_at)
                values (:hash, :account, :name, :scopes, :now, :expires)
                on conflict on constraint api_key_name_unique do nothing
                returning api_key_id, name, scopes, created_at, expires_at, last_used_on
                """)
                .param("hash", hash.toArrayUnsafe())
                .param("account", account.value())
                .param("name", request.name())
                .param(
                        "scopes",
                        new SqlArrayValue(
                                "text",
                                request.scopes().stream().map(Scope::wire).toArray()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "expires",
                        request.life()
                                .map(life -> now.plus(life).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, _) -> view(row))
                .optional();
    }

    @Override
    public boolean purge() {
        int deleted = jdbc.sql("""
                delete from api_key where api_key_id in
                    (select k.api_key_id from api_key k where k.expires_at < :now order by k.expires_at limit :batch)
                """)
                .param("now", now())
                .param("batch", properties.purgeBatch())
                .update();
        return deleted == properties.purgeBatch();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static ApiKeyView view(ResultSet row) throws SQLException {
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        return new ApiKeyView(
                row.getLong("api_key_id"),
                row.getString("name"),
                scopes(row),
                row.getObject("created_at", OffsetDateTime.class).toEpochSecond(),
                expires == null ? null : expires.toEpochSecond(),
                row.getObject("last_used_on", LocalDate.class));
    }

    private static List<String> scopes(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("scopes").getArray());
    }
}
