package io.pbts.receipt.facts;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Torrents met so far, in the database: a copy cannot become stale, because the id is the hash of the content. */
@Component
class TorrentStore {
    private static final String FIND = """
            select torrent_id, info_hash_v1, info_hash_v2, piece_length, v1_total_length,
                   v1_hashes, v2_file_lengths, v2_hashes
              from torrent_facts
             where info_hash_v1 = any (:hashes) or info_hash_v2 = any (:hashes)""";
    private static final String KEEP = """
            insert into torrent_facts (torrent_id, info_hash_v1, info_hash_v2, piece_length, v1_total_length,
                                       v1_hashes, v2_file_lengths, v2_hashes)
            values (:id, :v1, :v2, :pieceLength, :v1TotalLength, :v1Hashes, :v2Lengths, :v2Hashes)
            on conflict do nothing""";

    private final JdbcClient jdbc;

    TorrentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Torrent> find(Collection<InfoHash> hashes) {
        Object[] wanted = hashes.stream().map(hash -> hash.bytes().toArray()).toArray(byte[][]::new);
        return jdbc.sql(FIND)
                .param("hashes", new SqlArrayValue("bytea", wanted))
                .query((row, _) -> torrent(row))
                .list();
    }

    void keep(Torrent torrent) {
        long pieceLength = torrent.v1().or(torrent::v2).orElseThrow().pieces().pieceLength();
        jdbc.sql(KEEP)
                .param("id", torrent.id().bytes().toArray())
                .param("v1", infoHash(torrent.v1()), Types.BINARY)
                .param("v2", infoHash(torrent.v2()), Types.BINARY)
                .param("pieceLength", pieceLength)
                .param(
                        "v1TotalLength",
                        torrent.v1().map(v1 -> v1.pieces().totalLength()).orElse(null),
                        Types.BIGINT)
                .param("v1Hashes", hashes(torrent.v1()), Types.BINARY)
                .param("v2Lengths", torrent.v2().map(TorrentStore::fileLengths).orElse(null), Types.ARRAY)
                .param("v2Hashes", hashes(torrent.v2()), Types.BINARY)
                .update();
    }

    private static Torrent torrent(ResultSet row) throws SQLException {
        return new Torrent(TorrentId.ofBytes(row.getBytes("torrent_id")), v1(row), v2(row));
    }

    private static Optional<Hashed> v1(ResultSet row) throws SQLException {
        byte[] infoHash = row.getBytes("info_hash_v1");
        if (infoHash == null) {
            return Optional.empty();
        }
        PieceTable pieces = PieceTable.v1(
                row.getLong("piece_length"), row.getLong("v1_total_length"), Bytes.wrap(row.getBytes("v1_hashes")));
        return Optional.of(new Hashed(InfoHash.ofBytes(infoHash), pieces));
    }

    private static Optional<Hashed> v2(ResultSet row) throws SQLException {
        byte[] infoHash = row.getBytes("info_hash_v2");
        if (infoHash == null) {
            return Optional.empty();
        }
        Long[] lengths = (Long[]) row.getArray("v2_file_lengths").getArray();
        PieceTable pieces =
                PieceTable.v2(row.getLong("piece_length"), List.of(lengths), Bytes.wrap(row.getBytes("v2_hashes")));
        return Optional.of(new Hashed(InfoHash.ofBytes(infoHash), pieces));
    }

    private static byte @Nullable [] infoHash(Optional<Hashed> hashed) {
        return hashed.map(present -> present.infoHash().bytes().toArray()).orElse(null);
    }

    private static byte @Nullable [] hashes(Optional<Hashed> hashed) {
        return hashed.map(present -> present.pieces().hashes().toArray()).orElse(null);
    }

    private static SqlArrayValue fileLengths(Hashed hashed) {
        return new SqlArrayValue("bigint", hashed.pieces().fileLengths().toArray());
    }
}
