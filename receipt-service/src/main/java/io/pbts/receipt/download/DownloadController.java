package io.pbts.receipt.download;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.receipt.caller.Callers;
import io.pbts.receipt.download.Downloads.Opening;
import io.pbts.receipt.facts.Torrent;
import io.pbts.receipt.facts.TorrentDirectory;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets a receiver that lost its copy pay for a torrent again. */
@RestController
@Tag(name = "receipts")
class DownloadController {
    private final Callers callers;
    private final TorrentDirectory torrents;
    private final Downloads downloads;

    DownloadController(Callers callers, TorrentDirectory torrents, Downloads downloads) {
        this.callers = callers;
        this.torrents = torrents;
        this.downloads = downloads;
    }

    /** @param infoHash 40 or 64 hexadecimal digits */
    record DownloadRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String infoHash) {}

    /**
     * A further download.
     *
     * @param download its number, 1 for the first after the original one
     * @param countsFrom seconds since 1970; receipts signed from then on belong to it
     */
    record DownloadAnswer(String infoHash, String torrentId, int download, long countsFrom) {}

    @Operation(
            summary = "Pay for a torrent again",
            description =
                    "A piece is paid for once. Whoever lost its copy opens a further download: receipts that it signs "
                            + "from counts_from on are credited to their senders and debited to it anew.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE},
            scope = Scope.REPORT)
    @PostMapping("/api/v1/downloads")
    @ResponseStatus(HttpStatus.CREATED)
    DownloadAnswer open(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @RequestBody DownloadRequest request) {
        long receiver = callers.requireAccount(caller, passkey);
        String infoHash = Objects.requireNonNullElse(request.infoHash(), "");
        Torrent torrent = torrent(infoHash);
        return switch (downloads.open(torrent.id(), receiver)) {
            case Opening.Done(var opened) ->
                new DownloadAnswer(infoHash, torrent.id().hex(), opened.number(), opened.countsFrom());
            case Opening.NoneLeft(int most) ->
                throw new Refusal(
                        409,
                        "no-download-left",
                        "This torrent was paid for again %d times, which is all".formatted(most));
            case Opening.TooSoon(long nextAt) -> throw tooSoon(nextAt);
        };
    }

    private Torrent torrent(String text) {
        InfoHash infoHash = infoHash(text);
        return Optional.ofNullable(torrents.find(Set.of(infoHash)).get(infoHash))
                .orElseThrow(() -> new Refusal(404, "unknown-torrent", "info_hash belongs to no registered torrent"));
    }

    private static InfoHash infoHash(String text) {
        try {
            return InfoHash.fromHex(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-field", "info_hash must be 40 or 64 hexadecimal digits", malformed);
        }
    }

    private static Refusal tooSoon(long nextAt) {
        return new Refusal(
                409,
                "download-too-soon",
                "The last download of this torrent is too young; the next may be opened at "
                        + Instant.ofEpochSecond(nextAt).toString(),
                Duration.ofSeconds(1),
                null);
    }
}
