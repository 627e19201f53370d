package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.torrent.RegisteredTorrents.Listing;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.support.FeedCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Keeps in memory which swarms are served, as the table has it: all of it before the first client comes, what changes here at
 * once, then each second what other replicas changed, in the order of a feed that nothing can slip in behind.
 */
class RegistryRefresh implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryRefresh.class);
    private static final int PAGE = 2000;

    private final JdbcClient jdbc;
    private final RegisteredTorrents registered;
    private FeedCursor cursor = FeedCursor.START;
    private boolean reachable = true;
    private volatile boolean running;

    RegistryRefresh(JdbcClient jdbc, RegisteredTorrents registered) {
        this.jdbc = jdbc;
        this.registered = registered;
    }

    private record Change(
            FeedCursor position,
            @Nullable SwarmKey v1,
            @Nullable SwarmKey v2,
            Listing listing) {}

    @Override
    public void start() {
        readChanges();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the listeners. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** A torrent was changed here, and that is committed: announces are answered accordingly when this returns. */
    void applyNow(TorrentId id) {
        Change change = jdbc.sql("""
                        select info_hash_v1, info_hash_v2, moderation, reason, changed_in::text::bigint as changed_in, torrent_seq
                        from torrent where torrent_id = :id
                        """)
                .param("id", id.bytes().toArrayUnsafe())
                .query((row, _) -> change(row))
                .single();
        apply(change);
    }

    @Scheduled(fixedDelay = 1000)
    void everySecond() {
        if (!running) {
            return;
        }
        try {
            readChanges();
            if (!reachable) {
                LOG.info("event=torrent_set_fresh");
                reachable = true;
            }
        } catch (DataAccessException | CannotCreateTransactionException away) {
            if (reachable) {
                LOG.warn(
                        "event=torrent_set_stale cause=\"{}\"",
                        away.getMostSpecificCause().getMessage());
                reachable = false;
            }
        }
    }

    private synchronized void readChanges() {
        List<Change> page;
        do {
            page = jdbc.sql("""
                            select info_hash_v1, info_hash_v2, moderation, reason,
                                   changed_in::text::bigint as changed_in, torrent_seq
                            from torrent
                            where (changed_in, torrent_seq) > (cast(:transaction as text)::xid8, :key)
                              and changed_in < pg_snapshot_xmin(pg_current_snapshot())
                            order by torrent.changed_in, torrent_seq
                            limit :page
                            """)
                    .param("transaction", String.valueOf(cursor.transaction()))
                    .param("key", cursor.key())
                    .param("page", PAGE)
                    .query((row, _) -> change(row))
                    .list();
            for (Change change : page) {
                apply(change);
                cursor = change.position;
            }
        } while (page.size() == PAGE);
    }

    private static Change change(ResultSet row) throws SQLException {
        long changedIn = row.getLong("changed_in");
        return new Change(
                new FeedCursor(changedIn, row.getLong("torrent_seq")),
                key(row.getBytes("info_hash_v1")),
                key(row.getBytes("info_hash_v2")),
                Moderation.valueOf(row.getString("moderation")).listing(changedIn, row.getString("reason")));
    }

    private void apply(Change change) {
        if (change.v1 != null) {
            registered.apply(change.v1, change.listing);
        }
        if (change.v2 != null) {
            registered.apply(change.v2, change.listing);
        }
    }

    private static @Nullable SwarmKey key(byte @Nullable [] hash) {
        return hash == null ? null : SwarmKey.of(InfoHash.ofBytes(hash));
    }
}
