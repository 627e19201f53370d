package io.pbts.reputation.standing;

import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.standing.Standing.WorkingPasskey;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Reads totals, and opens those of a new account. Only the ledger's functions ever move them. */
@Repository
public class Standings {
    private static final String SELECT = """
            select t.account_id, a.user_id, t.up, t.down, t.held, t.announced, t.announced_up, t.credit, p.min_ratio, p.basis,
                t.changed_xid::text::bigint as changed_xid,
                array(select encode(k.passkey_hash, 'hex')
                        || coalesce(' ' || floor(extract(epoch from k.expires_at))::bigint, '') from passkey k
                    where k.account_id = t.account_id and (k.expires_at is null or k.expires_at > :now)
                    order by k.created_at, k.passkey_hash) as passkeys
            from total t join account a on a.account_id = t.account_id cross join policy p
            """;

    private static final int HASH_DIGITS = 64;

    private final JdbcClient jdbc;
    private final Clock clock;

    Standings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Opens the totals of an account that the surrounding transaction makes. */
    public void open(AccountId account, Grant grant, Inheritance inheritance) {
        jdbc.sql("select open_total(:account, :credit, :state, :up, :down)")
                .param("account", account.value())
                .param("credit", grant.bytes())
                .param("state", grant.state())
                .param("up", inheritance.up())
                .param("down", inheritance.down())
                .query()
                .singleRow();
    }

    public Optional<Standing> ofAccount(AccountId account) {
        return one("where t.account_id = :key", account.value());
    }

    /** The standings of those of the accounts that exist, in no order. */
    public List<Standing> ofAccounts(Collection<AccountId> accounts) {
        Object[] ids = accounts.stream().map(AccountId::value).toArray();
        return jdbc.sql(SELECT + "where t.account_id = any (:keys)")
                .param("now", now())
                .param("keys", new SqlArrayValue("bigint", ids))
                .query((row, _) -> standing(row))
                .list();
    }

    public Optional<Standing> ofUser(UserId user) {
        return one("where a.user_id = :key", user.value());
    }

    /** The standing of the account that a passkey opens, unless the passkey has expired. */
    public Optional<Standing> ofPasskey(PasskeyHash hash) {
        return one("""
                where t.account_id = (select k.account_id from passkey k
                    where k.passkey_hash = :key and (k.expires_at is null or k.expires_at > :now))
                """, hash.bytes().toArrayUnsafe());
    }

    public long accounts() {
        return jdbc.sql("select count(*) from total").query(Long.class).single();
    }

    /**
     * Standings in the order of the transactions that last changed them. Stops before the oldest transaction in flight: its
     * rows would otherwise commit behind the cursor.
     */
    Feed<Standing> changedAfter(FeedCursor cursor, int limit) {
        List<Change> read = jdbc.sql(SELECT + """
                where (t.changed_xid, t.account_id) > (cast(:xid as text)::xid8, :key)
                    and t.changed_xid < pg_snapshot_xmin(pg_current_snapshot())
                order by t.changed_xid, t.account_id limit :rows
                """)
                .param("now", now())
                .param("xid", Long.toString(cursor.transaction()))
                .param("key", cursor.key())
                .param("rows", limit + 1)
                .query((row, _) -> new Change(position(row), standing(row)))
                .list();
        List<Change> page = read.subList(0, Math.min(limit, read.size()));
        FeedCursor next = page.isEmpty() ? cursor : page.getLast().position();
        return new Feed<>(next.wire(), page.stream().map(Change::standing).toList(), read.size() > limit);
    }

    private record Change(FeedCursor position, Standing standing) {}

    private Optional<Standing> one(String where, Object key) {
        return jdbc.sql(SELECT + where)
                .param("now", now())
                .param("key", key)
                .query((row, _) -> standing(row))
                .optional();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static FeedCursor position(ResultSet row) throws SQLException {
        return new FeedCursor(row.getLong("changed_xid"), row.getLong("account_id"));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        var totals = new Totals(
                row.getLong("up"),
                row.getLong("down"),
                row.getLong("held"),
                row.getLong("announced"),
                row.getLong("credit"));
        return new Standing(
                new AccountId(row.getLong("account_id")),
                new UserId(row.getString("user_id")),
                Stream.of((String[]) row.getArray("passkeys").getArray())
                        .map(Standings::passkey)
                        .toList(),
                totals,
                row.getLong("announced_up"),
                row.getBigDecimal("min_ratio"),
                Basis.ofStored(row.getString("basis")));
    }

    /** A hash of 64 digits and, when it will expire, a space and the second. */
    private static WorkingPasskey passkey(String text) {
        String hash = text.substring(0, HASH_DIGITS);
        return new WorkingPasskey(
                hash, text.length() == HASH_DIGITS ? null : Long.valueOf(text.substring(HASH_DIGITS + 1)));
    }
}
