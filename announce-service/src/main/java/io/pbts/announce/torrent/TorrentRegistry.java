package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.support.Refusal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers torrents and tells what is known of them. */
class TorrentRegistry {
    private static final String INSERT = """
            insert into torrent (torrent_id, info_hash_v1, info_hash_v2, name, piece_length, piece_count, total_length,
                                 is_private, source, metainfo, owner_account_id, registered_at)
            values (:id, :v1, :v2, :name, :pieceLength, :pieceCount, :totalLength,
                    :isPrivate, :source, :metainfo, :owner, :at)
            on conflict do nothing
            """;

    /** The pieces of v1 cover padding files (BEP 47), of which a row says nothing: counted whole, as at most they are. */
    private static final String CATALOGUE = """
            select count(*) as torrents,
                coalesce(sum(case when info_hash_v1 is null then total_length else piece_count * piece_length end), 0) as bytes
            from torrent where state = 'enabled'
            """;

    private final JdbcClient jdbc;
    private final TorrentRepository torrents;
    private final RegisteredTorrents registered;
    private final Clock clock;

    TorrentRegistry(JdbcClient jdbc, TorrentRepository torrents, RegisteredTorrents registered, Clock clock) {
        this.jdbc = jdbc;
        this.torrents = torrents;
        this.registered = registered;
        this.clock = clock;
    }

    /**
     * What became of an upload.
     *
     * @param first whether this upload registered it; of two racing ones, one did
     */
    record Registration(Torrent torrent, boolean first) {}

    /** Durable when it returns, and announces are served. */
    Registration register(UploadedTorrent upload, OptionalLong owner) {
        boolean first = insert(upload, owner);
        Torrent torrent = torrents.findById(upload.metainfo().id().bytes().toArrayUnsafe())
                .orElseThrow(() -> new Refusal(
                        409,
                        "info-hash-taken",
                        "Another torrent with the same info hash is registered: change the files"));
        if (!torrent.isEnabled()) {
            throw new Refusal(409, "torrent-disabled", "This torrent was disabled by the operator");
        }
        torrent.v1().map(SwarmKey::of).ifPresent(registered::open);
        torrent.v2().map(SwarmKey::of).ifPresent(registered::open);
        return new Registration(torrent, first);
    }

    Optional<Torrent> find(InfoHash hash) {
        return torrents.findByInfoHash(hash.bytes().toArrayUnsafe());
    }

    int count() {
        return Math.toIntExact(torrents.count());
    }

    /**
     * What there is to receive.
     *
     * @param bytes that one receiver can be charged for at most, each piece once
     */
    record Catalogue(long torrents, BigInteger bytes) {}

    Catalogue catalogue() {
        return jdbc.sql(CATALOGUE)
                .query((row, _) -> new Catalogue(
                        row.getLong("torrents"), row.getBigDecimal("bytes").toBigIntegerExact()))
                .single();
    }

    /** The file as it was uploaded, but for its announce URLs. */
    Metainfo metainfo(TorrentId id) {
        byte[] file = jdbc.sql("select metainfo from torrent where torrent_id = :id")
                .param("id", id.bytes().toArrayUnsafe())
                .query((row, _) -> row.getBytes(1))
                .single();
        try {
            return Metainfo.parse(file);
        } catch (MetainfoException e) {
            throw new IllegalStateException("stored metainfo of " + id + " does not parse", e);
        }
    }

    /** Those of the given torrents that are registered and enabled. */
    List<TorrentId> enabled(List<TorrentId> ids) {
        byte[][] wanted = ids.stream().map(id -> id.bytes().toArrayUnsafe()).toArray(byte[][]::new);
        return jdbc.sql("select torrent_id from torrent where torrent_id = any(:ids) and state = 'enabled'")
                .param("ids", wanted)
                .query((row, _) -> TorrentId.ofBytes(row.getBytes(1)))
                .list();
    }

    private boolean insert(UploadedTorrent upload, OptionalLong owner) {
        Metainfo metainfo = upload.metainfo();
        return jdbc.sql(INSERT)
                        .param("id", metainfo.id().bytes().toArrayUnsafe())
                        .param("v1", upload.v1().map(Bytes::toArrayUnsafe).orElse(null), Types.BINARY)
                        .param("v2", upload.v2().map(Bytes::toArrayUnsafe).orElse(null), Types.BINARY)
                        .param("name", metainfo.name())
                        .param("pieceLength", metainfo.pieceLength())
                        .param("pieceCount", upload.pieceCount())
                        .param("totalLength", metainfo.totalLength())
                        .param("isPrivate", metainfo.isPrivate())
                        .param("source", metainfo.source().orElse(null), Types.VARCHAR)
                        .param("metainfo", upload.stored().toArrayUnsafe())
                        .param("owner", owner.isPresent() ? owner.getAsLong() : null, Types.BIGINT)
                        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
