package io.pbts.announce.torrent;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads registered torrents. */
class TorrentRows {
    private static final String SELECT = """
            select torrent_id, info_hash_v1, info_hash_v2, name, piece_length, piece_count, total_length, is_private, source,
                   moderation, reason, registered_at, torrent_seq, description, tags, licence, file_count,
                   owner_account_id, uploader
            from torrent
            where\s""";

    private final JdbcClient jdbc;

    TorrentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Torrent> find(TorrentId id) {
        return jdbc.sql(SELECT + "torrent_id = :id")
                .param("id", id.bytes().toArrayUnsafe())
                .query((row, _) -> torrent(row))
                .optional();
    }

    /** By v1 hash, v2 hash, or the first 20 bytes of a v2 hash. */
    Optional<Torrent> find(InfoHash hash) {
        return jdbc.sql(SELECT + """
                        info_hash_v1 = :hash or info_hash_v2 = :hash or substring(info_hash_v2 from 1 for 20) = :hash
                        order by torrent_seq limit 1
                        """)
                .param("hash", hash.bytes().toArrayUnsafe())
                .query((row, _) -> torrent(row))
                .optional();
    }

    /**
     * The newest first.
     *
     * @param conditions in SQL, all of which must hold, with named parameters
     */
    List<Torrent> newest(List<String> conditions, Map<String, ?> parameters, int limit) {
        return jdbc.sql(SELECT + String.join(" and ", conditions) + " order by torrent_seq desc limit :limit")
                .params(parameters)
                .param("limit", limit)
                .query((row, _) -> torrent(row))
                .list();
    }

    int count() {
        return jdbc.sql("select count(*) from torrent").query(Integer.class).single();
    }

    private static Torrent torrent(ResultSet row) throws SQLException {
        Integer files = row.getObject("file_count", Integer.class);
        Long owner = row.getObject("owner_account_id", Long.class);
        return new Torrent(
                TorrentId.ofBytes(row.getBytes("torrent_id")),
                Optional.ofNullable(row.getBytes("info_hash_v1")).map(InfoHash::ofBytes),
                Optional.ofNullable(row.getBytes("info_hash_v2")).map(InfoHash::ofBytes),
                row.getString("name"),
                row.getLong("piece_length"),
                row.getInt("piece_count"),
                row.getLong("total_length"),
                row.getBoolean("is_private"),
                Optional.ofNullable(row.getString("source")),
                Moderation.valueOf(row.getString("moderation")),
                Optional.ofNullable(row.getString("reason")),
                row.getObject("registered_at", OffsetDateTime.class),
                row.getLong("torrent_seq"),
                details(row),
                files == null ? OptionalInt.empty() : OptionalInt.of(files),
                owner == null ? OptionalLong.empty() : OptionalLong.of(owner),
                Optional.ofNullable(row.getString("uploader")));
    }

    private static TorrentDetails details(ResultSet row) throws SQLException {
        return new TorrentDetails(
                row.getString("description"),
                List.of((String[]) row.getArray("tags").getArray()),
                Optional.ofNullable(row.getString("licence")));
    }
}
