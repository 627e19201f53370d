package io.pbts.announce.history;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.support.FeedCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tallies of registered torrents' swarms, in a table that every node adds to. */
class TallyStore {
    private static final int PAGE = 2000;

    /** Rows are locked in ascending order, so that two nodes that add at the same time wait and never block each other. */
    private static final String ADD = """
            insert into swarm_tally as stored (info_hash, torrent_id, completed, seeder_seen_at)
            select added.info_hash, registered.torrent_id, added.completed,
                   case when added.seeder_second > 0 then to_timestamp(added.seeder_second) end
            from unnest(:hashes, :completed, :seconds) as added (info_hash, completed, seeder_second)
            cross join lateral (
                select torrent_id from torrent where info_hash_v1 = added.info_hash
                union all
                select torrent_id from torrent where substring(info_hash_v2 from 1 for 20) = added.info_hash
                limit 1
            ) as registered
            order by added.info_hash
            on conflict (info_hash) do update
                set completed = stored.completed + excluded.completed,
                    seeder_seen_at = greatest(stored.seeder_seen_at, excluded.seeder_seen_at)
            returning info_hash, completed, extract(epoch from seeder_seen_at)::bigint as seeder_second
            """;

    private static final String CHANGES = """
            select info_hash, completed, extract(epoch from seeder_seen_at)::bigint as seeder_second,
                   changed_in::text::bigint as changed_in, tally_seq
            from swarm_tally
            where (changed_in, tally_seq) > (cast(:transaction as text)::xid8, :key)
              and changed_in < pg_snapshot_xmin(pg_current_snapshot())
            order by swarm_tally.changed_in, tally_seq
            limit :page
            """;

    private final JdbcClient jdbc;

    TallyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds all of them or, when it throws, none as far as anybody can tell. Answers what is stored now, of registered ones. */
    List<TallyRow> add(List<TallyRow> rows) {
        List<TallyRow> sorted =
                rows.stream().sorted(Comparator.comparing(TallyRow::swarm)).toList();
        return jdbc.sql(ADD)
                .param("hashes", sorted.stream().map(row -> row.swarm().bytes()).toArray(byte[][]::new))
                .param(
                        "completed",
                        sorted.stream().mapToLong(TallyRow::completed).toArray())
                .param(
                        "seconds",
                        sorted.stream().mapToLong(TallyRow::seederSecond).toArray())
                .query((row, _) -> tally(row))
                .list();
    }

    /** Passes on what changed behind the cursor; answers the cursor behind it. */
    FeedCursor changesAfter(FeedCursor cursor, Consumer<TallyRow> reader) {
        List<Changed> page;
        FeedCursor position = cursor;
        do {
            page = page(position);
            page.forEach(changed -> reader.accept(changed.tally));
            position = page.isEmpty() ? position : page.getLast().position;
        } while (page.size() == PAGE);
        return position;
    }

    private record Changed(FeedCursor position, TallyRow tally) {}

    private List<Changed> page(FeedCursor after) {
        return jdbc.sql(CHANGES)
                .param("transaction", String.valueOf(after.transaction()))
                .param("key", after.key())
                .param("page", PAGE)
                .query((row, _) ->
                        new Changed(new FeedCursor(row.getLong("changed_in"), row.getLong("tally_seq")), tally(row)))
                .list();
    }

    private static TallyRow tally(ResultSet row) throws SQLException {
        var swarm = new SwarmKey();
        swarm.read(row.getBytes("info_hash"), 0);
        return new TallyRow(swarm, row.getLong("completed"), row.getLong("seeder_second"));
    }
}
