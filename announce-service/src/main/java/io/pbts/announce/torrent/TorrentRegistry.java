package io.pbts.announce.torrent;

import io.pbts.announce.torrent.Members.Member;
import io.pbts.announce.torrent.file.UploadedTorrent;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers torrents, changes what is said of them, and tells what is known. What it changed is served so when it returns. */
class TorrentRegistry {
    private static final String INSERT = """
            insert into torrent (torrent_id, info_hash_v1, info_hash_v2, name, piece_length, piece_count, total_length,
                                 is_private, source, metainfo, owner_account_id, uploader, registered_at, file_count,
                                 description, tags, licence, moderation, state)
            values (:id, :v1, :v2, :name, :pieceLength, :pieceCount, :totalLength,
                    :isPrivate, :source, :metainfo, :owner, :uploader, :at, :fileCount,
                    :description, :tags, :licence, :moderation, :state)
            on conflict do nothing
            """;

    private static final String REVIVE = """
            update torrent set moderation = :moderation, state = :state, owner_account_id = :owner, uploader = :uploader,
                               description = :description, tags = :tags, licence = :licence
            where torrent_id = :id and moderation = 'withdrawn'
            """;

    /** The pieces of v1 cover padding files (BEP 47), of which a row says nothing: counted whole, as at most they are. */
    private static final String CATALOGUE = """
            select count(*) as torrents,
                coalesce(sum(case when info_hash_v1 is null then total_length else piece_count * piece_length end), 0) as bytes
            from torrent where state = 'enabled'
            """;

    private final JdbcClient jdbc;
    private final TorrentRows torrents;
    private final RegistryRefresh refresh;
    private final Moderation first;
    private final Clock clock;

    /** @param first where a new torrent begins */
    TorrentRegistry(JdbcClient jdbc, TorrentRows torrents, RegistryRefresh refresh, Moderation first, Clock clock) {
        this.jdbc = jdbc;
        this.torrents = torrents;
        this.refresh = refresh;
        this.first = first;
        this.clock = clock;
    }

    /**
     * What became of an upload.
     *
     * @param first whether this upload registered it; of two racing ones, one did
     */
    record Registration(Torrent torrent, boolean first) {}

    /** Durable when it returns. What was withdrawn is registered anew, under whoever uploads it now. */
    Registration register(UploadedTorrent upload, TorrentDetails details, Member member) {
        TorrentId id = upload.metainfo().id();
        boolean changed = insert(upload, details, member) || revive(id, details, member);
        Torrent torrent = torrents.find(id)
                .orElseThrow(() -> new Refusal(
                        409,
                        "info-hash-taken",
                        "Another torrent with the same info hash is registered: change the files"));
        if (torrent.moderation() == Moderation.rejected) {
            throw new Refusal(
                    409,
                    "torrent-rejected",
                    "The operator rejected this torrent: " + torrent.reason().orElseThrow());
        }
        refresh.applyNow(id);
        return new Registration(torrent, changed);
    }

    /**
     * Says something else about a torrent.
     *
     * @param by its owner; null for the operator, who may change anybody's
     */
    Torrent describe(Torrent torrent, TorrentDetails details, @Nullable OptionalLong by) {
        int changed = jdbc.sql("""
                        update torrent set description = :description, tags = :tags, licence = :licence
                        where torrent_id = :id
                          and (cast(:anybodys as boolean) or owner_account_id is not distinct from :owner)
                        """)
                .param("id", torrent.id().bytes().toArrayUnsafe())
                .param("description", details.description())
                .param("tags", details.tags().toArray(String[]::new))
                .param("licence", details.licence().orElse(null), Types.VARCHAR)
                .param("anybodys", by == null)
                .param("owner", by == null ? null : nullable(by), Types.BIGINT)
                .update();
        if (changed == 0) {
            throw notYours();
        }
        return reload(torrent);
    }

    /** Takes it back: it is no longer served. */
    Torrent withdraw(Torrent torrent, OptionalLong owner) {
        int changed = jdbc.sql("""
                        update torrent set moderation = 'withdrawn', state = 'disabled'
                        where torrent_id = :id and owner_account_id is not distinct from :owner and moderation <> 'rejected'
                        """)
                .param("id", torrent.id().bytes().toArrayUnsafe())
                .param("owner", nullable(owner), Types.BIGINT)
                .update();
        if (changed == 0) {
            throw torrent.owner().equals(owner)
                    ? new Refusal(409, "torrent-rejected", "The operator rejected this torrent; it is not served")
                    : notYours();
        }
        refresh.applyNow(torrent.id());
        return reload(torrent);
    }

    /** The operator's word. The reason belongs to a rejection and to nothing else. */
    Torrent moderate(Torrent torrent, Moderation state, @Nullable String reason) {
        int changed = jdbc.sql("""
                        update torrent set moderation = :moderation, state = :state, reason = :reason
                        where torrent_id = :id and moderation = any(:before)
                        """)
                .param("id", torrent.id().bytes().toArrayUnsafe())
                .param("moderation", state.name())
                .param("state", served(state))
                .param("reason", reason, Types.VARCHAR)
                .param("before", state.before().stream().map(Enum::name).toArray(String[]::new))
                .update();
        if (changed == 0) {
            throw new Refusal(409, "torrent-withdrawn", "Its uploader has withdrawn this torrent");
        }
        refresh.applyNow(torrent.id());
        return reload(torrent);
    }

    Optional<Torrent> find(InfoHash hash) {
        return torrents.find(hash);
    }

    int count() {
        return torrents.count();
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
    Bytes file(TorrentId id) {
        return jdbc.sql("select metainfo from torrent where torrent_id = :id")
                .param("id", id.bytes().toArrayUnsafe())
                .query((row, _) -> Bytes.wrap(row.getBytes(1)))
                .single();
    }

    /** What {@link #file} says. */
    Metainfo metainfo(TorrentId id) {
        try {
            return Metainfo.parse(file(id));
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

    private boolean insert(UploadedTorrent upload, TorrentDetails details, Member member) {
        Metainfo metainfo = upload.metainfo();
        return said(jdbc.sql(INSERT), metainfo.id(), details, member)
                        .param("v1", upload.v1().map(Bytes::toArrayUnsafe).orElse(null), Types.BINARY)
                        .param("v2", upload.v2().map(Bytes::toArrayUnsafe).orElse(null), Types.BINARY)
                        .param("name", metainfo.name())
                        .param("pieceLength", metainfo.pieceLength())
                        .param("pieceCount", upload.pieceCount())
                        .param("totalLength", metainfo.totalLength())
                        .param("fileCount", metainfo.files().size())
                        .param("isPrivate", metainfo.isPrivate())
                        .param("source", metainfo.source().orElse(null), Types.VARCHAR)
                        .param("metainfo", upload.stored().toArrayUnsafe())
                        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private boolean revive(TorrentId id, TorrentDetails details, Member member) {
        return said(jdbc.sql(REVIVE), id, details, member).update() == 1;
    }

    private JdbcClient.StatementSpec said(
            JdbcClient.StatementSpec statement, TorrentId id, TorrentDetails details, Member member) {
        return statement
                .param("id", id.bytes().toArrayUnsafe())
                .param("owner", nullable(member.account()), Types.BIGINT)
                .param("uploader", member.userId().orElse(null), Types.VARCHAR)
                .param("description", details.description())
                .param("tags", details.tags().toArray(String[]::new))
                .param("licence", details.licence().orElse(null), Types.VARCHAR)
                .param("moderation", first.name())
                .param("state", served(first));
    }

    private Torrent reload(Torrent torrent) {
        return torrents.find(torrent.id()).orElseThrow();
    }

    private static String served(Moderation state) {
        return state == Moderation.approved ? "enabled" : "disabled";
    }

    private static @Nullable Long nullable(OptionalLong account) {
        return account.isPresent() ? account.getAsLong() : null;
    }

    private static Refusal notYours() {
        return new Refusal(403, "not-yours", "Only its uploader may change a torrent");
    }
}
