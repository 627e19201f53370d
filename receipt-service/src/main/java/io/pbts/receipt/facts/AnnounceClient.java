package io.pbts.receipt.facts;

import io.pbts.support.RepeatableRead;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What announce-service answers to other services. */
@HttpExchange("/internal/v1")
interface AnnounceClient {
    @GetExchange("/torrents/{infoHash}")
    TorrentWire torrent(@PathVariable String infoHash);

    @RepeatableRead
    @PostExchange("/torrents/enabled")
    EnabledWire enabled(@RequestBody TorrentIdsWire torrents);

    @GetExchange("/swarms")
    SwarmsWire swarms();

    @GetExchange("/catalogue")
    CatalogueWire catalogue();

    record TorrentWire(
            String torrentId,
            @Nullable String infoHashV1,
            @Nullable String infoHashV2,
            long pieceLength,
            long totalLength,
            @Nullable PiecesV1Wire v1,
            @Nullable PiecesV2Wire v2,
            boolean enabled) {}

    /** With the length that the pieces cover: more than the content where there are padding files (BEP 47). */
    record PiecesV1Wire(@Nullable Long totalLength, String hashes) {}

    record PiecesV2Wire(List<Long> fileLengths, String hashes) {}

    record TorrentIdsWire(List<String> torrentIds) {}

    record EnabledWire(List<String> enabled) {}

    record SwarmsWire(int maxPeers) {}

    record CatalogueWire(BigDecimal bytes) {}
}
