package io.pbts.announce.torrent;

import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask. Never routed by the gateway. */
@RestController
@Tag(name = "internal")
class InternalTorrentController {
    private final TorrentRegistry registry;
    private final SwarmHealth health;
    private final TorrentProperties properties;
    private final int maxPeers;

    InternalTorrentController(
            TorrentRegistry registry,
            SwarmHealth health,
            TorrentProperties properties,
            @Value("${pbts.tracker.max-peers}") int maxPeers) {
        this.registry = registry;
        this.health = health;
        this.properties = properties;
        this.maxPeers = maxPeers;
    }

    @Allow(value = Who.SERVICE, services = "receipt")
    @GetMapping("/internal/v1/torrents/{info_hash}")
    TorrentPieces pieces(@PathVariable("info_hash") String infoHash) {
        Torrent torrent = registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
        return TorrentPieces.of(torrent, registry.metainfo(torrent.id()));
    }

    @Allow(value = Who.SERVICE, services = "receipt")
    @PostMapping("/internal/v1/torrents/enabled")
    EnabledAnswer enabled(@RequestBody EnabledQuestion question) {
        if (question.torrentIds().size() > properties.maxIdsPerQuestion()) {
            throw new Refusal(
                    413, "too-many-torrents", "Ask about at most %d at once".formatted(properties.maxIdsPerQuestion()));
        }
        List<TorrentId> ids =
                question.torrentIds().stream().map(InfoHashText::parseId).toList();
        return new EnabledAnswer(
                registry.enabled(ids).stream().map(TorrentId::hex).toList());
    }

    @Allow(
            value = Who.SERVICE,
            services = {"receipt", "reputation"})
    @GetMapping("/internal/v1/swarms")
    SwarmNumbers swarms() {
        SwarmTotals totals = health.totals();
        int torrents = Math.max(registry.count(), totals.swarms());
        return new SwarmNumbers(torrents, totals.peers(), maxPeers);
    }

    @Allow(value = Who.SERVICE, services = "receipt")
    @GetMapping("/internal/v1/catalogue")
    CatalogueNumbers catalogue() {
        var catalogue = registry.catalogue();
        return new CatalogueNumbers(catalogue.torrents(), catalogue.bytes().toString());
    }

    record EnabledQuestion(List<String> torrentIds) {}

    record EnabledAnswer(List<String> enabled) {}

    /**
     * The tracker in numbers.
     *
     * @param totalTorrents registered torrents; in profile {@code local} at least as many as have peers
     * @param totalPeers who announces here or is connected over WebSockets; who comes both ways counts twice
     * @param maxPeers most peers of one answer
     */
    record SwarmNumbers(int totalTorrents, int totalPeers, int maxPeers) {}

    /**
     * Registered torrents that are enabled.
     *
     * @param bytes what one receiver can be charged for at most; may be larger than 64 bits
     */
    record CatalogueNumbers(
            long torrents, @Schema(format = "decimal") String bytes) {}

    /** SHA-1 of every piece, in base64; the length counts padding files (BEP 47), as the pieces do. */
    record V1Pieces(int pieceCount, long totalLength, String hashes) {

        static V1Pieces of(PieceTable pieces) {
            return new V1Pieces(
                    pieces.count(), pieces.totalLength(), pieces.hashes().toBase64String());
        }
    }

    /** Piece layers of every file, one after the other, in base64. */
    record V2Pieces(List<Long> fileLengths, String hashes) {

        static V2Pieces of(PieceTable pieces) {
            return new V2Pieces(pieces.fileLengths(), pieces.hashes().toBase64String());
        }
    }

    /** Everything a verifier of receipts has to know; never changes but for {@code enabled}. */
    record TorrentPieces(
            String torrentId,
            @Nullable String infoHashV1,
            @Nullable String infoHashV2,
            String name,
            long pieceLength,
            long totalLength,
            @Nullable V1Pieces v1,
            @Nullable V2Pieces v2,
            boolean enabled) {

        static TorrentPieces of(Torrent torrent, Metainfo metainfo) {
            return new TorrentPieces(
                    torrent.id().hex(),
                    torrent.v1().map(InfoHash::hex).orElse(null),
                    torrent.v2().map(InfoHash::hex).orElse(null),
                    torrent.name(),
                    torrent.pieceLength(),
                    torrent.totalLength(),
                    metainfo.v1().map(half -> V1Pieces.of(half.pieces())).orElse(null),
                    metainfo.v2().map(half -> V2Pieces.of(half.pieces())).orElse(null),
                    torrent.isEnabled());
        }
    }
}
