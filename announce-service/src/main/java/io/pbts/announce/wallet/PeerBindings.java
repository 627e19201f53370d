package io.pbts.announce.wallet;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.wallet.BoundPeers.Binding;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.support.FeedCursor;
import io.pbts.support.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The bindings of peer ids to wallets. Of racing accounts the table lets one have an id. */
class PeerBindings {
    private static final int PAGE = 2000;
    private static final String COLUMNS =
            "peer_id, account_id, bound_at, expires_at," + " changed_in::text::bigint as changed_in, binding_seq";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WalletProperties properties;
    private final Duration probation;
    private final Clock clock;

    /** Takes how long a binding must stand unchallenged before it holds against others. */
    PeerBindings(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            WalletProperties properties,
            Duration probation,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.probation = probation;
        this.clock = clock;
    }

    /** Binds or prolongs. Refused with 409 while the id is another account's, with 429 when the account has too many. */
    Binding bind(PeerId peerId, EthereumAddress wallet, long account) {
        Instant now = clock.instant();
        Optional<Binding> bound = transaction.execute(_ -> {
            requireFew(peerId, account, now);
            return upsert(peerId, wallet, account, now);
        });
        if (bound == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return bound.orElseThrow(() -> new Refusal(
                409, "peer-id-bound", "This peer_id is bound to another account; restart your client for a new one"));
    }

    private Optional<Binding> upsert(PeerId peerId, EthereumAddress wallet, long account, Instant now) {
        return jdbc.sql("""
                insert into peer_binding as b (peer_id, wallet, account_id, bound_at, expires_at)
                values (:peer, :wallet, :account, :now, :until)
                on conflict (peer_id) do update set wallet = excluded.wallet, account_id = excluded.account_id,
                    bound_at = case when b.expires_at > excluded.bound_at then b.bound_at else excluded.bound_at end,
                    expires_at = excluded.expires_at
                where b.account_id = excluded.account_id or b.expires_at <= excluded.bound_at
                returning %s
                """.formatted(COLUMNS))
                .param("peer", peerId.bytes().toArrayUnsafe())
                .param("wallet", wallet.bytes().toArrayUnsafe())
                .param("account", account)
                .param("now", offset(now))
                .param("until", offset(now.plus(properties.boundFor())))
                .query((row, _) -> binding(row))
                .optional();
    }

    /** One account at a time, so that the bound is exact. */
    private void requireFew(PeerId peerId, long account, Instant now) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('binding ' || :account, 0))")
                .param("account", String.valueOf(account))
                .query()
                .singleRow();
        List<OffsetDateTime> ends = jdbc.sql("""
                        select expires_at from peer_binding
                        where account_id = :account and expires_at > :now and peer_id <> :peer order by expires_at
                        """)
                .param("account", account)
                .param("now", offset(now))
                .param("peer", peerId.bytes().toArrayUnsafe())
                .query((row, _) -> row.getObject("expires_at", OffsetDateTime.class))
                .list();
        if (ends.size() >= properties.bindingsPerAccount()) {
            throw new Refusal(
                    429,
                    "too-many-bindings",
                    "%d peer ids are bound to your account; wait until one of them ends".formatted(ends.size()),
                    Duration.between(now, ends.getFirst().toInstant()),
                    null);
        }
    }

    Optional<EthereumAddress> walletOf(PeerId peerId) {
        return jdbc.sql("select wallet from peer_binding where peer_id = :peer and expires_at > :now")
                .param("peer", peerId.bytes().toArrayUnsafe())
                .param("now", offset(clock.instant()))
                .query((row, _) -> new EthereumAddress(Bytes.wrap(row.getBytes("wallet"))))
                .optional();
    }

    /** Ends a binding, unless it has been made anew since. */
    void end(Binding binding) {
        jdbc.sql("""
                update peer_binding set expires_at = greatest(bound_at, :now)
                where peer_id = :peer and account_id = :account and bound_at <= :bound and expires_at > :now
                """)
                .param("now", offset(clock.instant()))
                .param("peer", binding.peerId().bytes())
                .param("account", binding.account())
                .param("bound", offset(Instant.ofEpochMilli(binding.boundAt() + 1)))
                .update();
    }

    /** A change and where it stands in the feed. */
    record Change(FeedCursor position, Binding binding) {}

    /** Changes behind the cursor, in an order that nothing can slip in behind. */
    List<Change> changesAfter(FeedCursor cursor) {
        return jdbc.sql("""
                        select %s from peer_binding
                        where (changed_in, binding_seq) > (cast(:transaction as text)::xid8, :key)
                          and changed_in < pg_snapshot_xmin(pg_current_snapshot())
                        order by peer_binding.changed_in, binding_seq
                        limit :page
                        """.formatted(COLUMNS))
                .param("transaction", String.valueOf(cursor.transaction()))
                .param("key", cursor.key())
                .param("page", PAGE)
                .query((row, _) ->
                        new Change(new FeedCursor(row.getLong("changed_in"), row.getLong("binding_seq")), binding(row)))
                .list();
    }

    /** Deletes some that ended an hour ago, which every node has heard of. */
    void purge() {
        jdbc.sql("""
                delete from peer_binding where peer_id in
                    (select b.peer_id from peer_binding b where b.expires_at < :past order by b.expires_at limit :batch)
                """)
                .param("past", offset(clock.instant().minus(Duration.ofHours(1))))
                .param("batch", properties.purgeBatch())
                .update();
    }

    private Binding binding(ResultSet row) throws SQLException {
        long boundAt = millis(row, "bound_at");
        return new Binding(
                SwarmKey.ofBytes(row.getBytes("peer_id")),
                row.getLong("account_id"),
                boundAt,
                boundAt + probation.toMillis(),
                millis(row, "expires_at"),
                row.getLong("changed_in"));
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
    }

    private static OffsetDateTime offset(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
