package io.pbts.reputation.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts that the chain must learn of, in the order of the transactions that made them. */
@Repository
class Enrolments {
    private static final long MIB = 1L << 20;

    private final JdbcClient jdbc;

    Enrolments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the contract's {@code enroll} takes, and its key registry.
     *
     * @param nameHash keccak256 of the name in UTF-8
     * @param creditMib the granted credit in whole MiB, rounded down
     * @param firstKey whose keccak256 is the chain account, 20 or 48 bytes; null for a member of the tracker before who came
     *     with a later key
     * @param laterKeys that took its place, each when the one before it was revoked
     */
    record Enrolment(
            String chainAccount,
            String nameHash,
            String userId,
            long creditMib,
            @Nullable String firstKey,
            List<String> laterKeys) {}

    private record Entry(FeedCursor position, Enrolment enrolment) {}

    /** Stops before the oldest transaction in flight, as every feed does. */
    Feed<Enrolment> after(FeedCursor cursor, int limit) {
        List<Entry> read = jdbc.sql("""
                select a.account_id, a.chain_account, a.user_id, t.credit,
                    a.enrolment_xid::text::bigint as enrolment_xid,
                    (select k.public_key from account_key k where k.account_id = a.account_id
                        order by k.added_at, k.kind, k.public_key limit 1) as first_key,
                    (select coalesce(array_agg(r.public_key order by r.place), '{}') from key_rotation r
                        where r.account_id = a.account_id) as later_keys
                from account a join total t on t.account_id = a.account_id
                where (a.enrolment_xid, a.account_id) > (cast(:xid as text)::xid8, :key)
                    and a.enrolment_xid < pg_snapshot_xmin(pg_current_snapshot())
                order by a.enrolment_xid, a.account_id limit :rows
                """)
                .param("xid", Long.toString(cursor.transaction()))
                .param("key", cursor.key())
                .param("rows", limit + 1)
                .query((row, _) -> entry(row))
                .list();
        List<Entry> page = read.subList(0, Math.min(limit, read.size()));
        FeedCursor next = page.isEmpty() ? cursor : page.getLast().position();
        return new Feed<>(next.wire(), page.stream().map(Entry::enrolment).toList(), read.size() > limit);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String name = row.getString("user_id");
        ChainAccount account = ChainAccount.ofBytes(row.getBytes("chain_account"));
        return new Entry(
                new FeedCursor(row.getLong("enrolment_xid"), row.getLong("account_id")),
                new Enrolment(
                        account.hex(),
                        Keccak256.hash(Bytes.wrap(name.getBytes(UTF_8))).toUnprefixedHexString(),
                        name,
                        row.getLong("credit") / MIB,
                        firstKey(row.getBytes("first_key"), account),
                        laterKeys(row.getArray("later_keys"))));
    }

    private static @Nullable String firstKey(byte @Nullable [] registered, ChainAccount account) {
        return Optional.ofNullable(registered)
                .map(Bytes::wrap)
                .filter(key -> Keccak256.hash(key).equals(account.bytes()))
                .map(Bytes::toUnprefixedHexString)
                .orElse(null);
    }

    private static List<String> laterKeys(Array keys) throws SQLException {
        return Arrays.stream((byte[][]) keys.getArray())
                .map(key -> Bytes.wrap(key).toUnprefixedHexString())
                .toList();
    }
}
