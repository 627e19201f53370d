package io.pbts.announce.torrent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pbts.announce.admission.Admission;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.torrent.TorrentRegistry.Registration;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.support.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Torrents for people and agents. */
@RestController
@Tag(name = "torrents")
class TorrentController {
    private static final String PASSKEY = "X-PBTS-Passkey";

    private final TorrentRegistry registry;
    private final Admission admission;
    private final Openness openness;
    private final Swarms swarms;
    private final TorrentProperties properties;

    TorrentController(
            TorrentRegistry registry,
            Admission admission,
            Openness openness,
            Swarms swarms,
            TorrentProperties properties) {
        this.registry = registry;
        this.admission = admission;
        this.openness = openness;
        this.swarms = swarms;
        this.properties = properties;
    }

    @Operation(summary = "Register a torrent: the body is the .torrent file, of any content type, up to 10 MiB")
    @PostMapping("/api/v1/torrents")
    ResponseEntity<RegisteredTorrent> register(
            @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-bittorrent",
                                            schema = @Schema(type = "string", format = "binary")))
                    @RequestBody(required = false)
                    byte @Nullable [] file) {
        Optional<Standing> caller = caller(passkey);
        UploadedTorrent upload = UploadedTorrent.read(file == null ? new byte[0] : file);
        if (openness == Openness.PRIVATE && !upload.metainfo().isPrivate()) {
            throw new Refusal(
                    422,
                    "not-private",
                    "The torrent lacks the private flag (BEP 27), so its peers would also come from DHT and PEX."
                            + " Create it again as private, such as with 'mktorrent -p' or 'transmission-create -p'");
        }
        OptionalLong owner =
                caller.map(account -> OptionalLong.of(account.accountId())).orElse(OptionalLong.empty());
        Registration registration = registry.register(upload, owner);
        String url = announceUrl(caller.isPresent() ? passkey : null);
        return ResponseEntity.status(registration.first() ? 201 : 200)
                .body(RegisteredTorrent.of(registration.torrent(), url));
    }

    @Operation(summary = "A registered torrent and its swarm, by 40 or 64 hexadecimal digits")
    @GetMapping("/api/v1/torrents/{info_hash}")
    TorrentFacts torrent(
            @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash) {
        caller(passkey);
        Torrent torrent = registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
        return TorrentFacts.of(torrent, counts(torrent));
    }

    /** Empty only in profile local, where the gateway answers to loopback alone. */
    private Optional<Standing> caller(@Nullable String passkey) {
        if (passkey == null) {
            if (openness == Openness.PRIVATE) {
                throw new Refusal(401, "passkey-missing", "Send your passkey in the header " + PASSKEY);
            }
            return Optional.empty();
        }
        return Optional.of(admission
                .require(passkey)
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey belongs to no account")));
    }

    private String announceUrl(@Nullable String passkey) {
        String base = properties.publicUrl().toString().replaceAll("/+$", "");
        return passkey == null ? base + "/announce" : base + "/" + passkey + "/announce";
    }

    /** Clients of a hybrid torrent announce both hashes, so the two swarms are not added. */
    private SwarmCounts counts(Torrent torrent) {
        SwarmCounts first = swarmOf(torrent.v1());
        SwarmCounts second = swarmOf(torrent.v2());
        return new SwarmCounts(
                Math.max(first.complete(), second.complete()),
                Math.max(first.incomplete(), second.incomplete()),
                Math.max(first.downloaded(), second.downloaded()));
    }

    private SwarmCounts swarmOf(Optional<InfoHash> hash) {
        return hash.map(SwarmKey::of).map(swarms::count).orElse(SwarmCounts.EMPTY);
    }

    /**
     * What the .torrent file says.
     *
     * @param infoHash v1 hash, or the v2 hash of a torrent that has no other
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metadata(
            String infoHash,
            @Nullable String infoHashV2,
            String torrentId,
            String name,
            long pieceLength,
            long totalLength,
            int pieceCount) {

        static Metadata of(Torrent torrent) {
            return new Metadata(
                    torrent.infoHash().hex(),
                    torrent.v2().map(InfoHash::hex).orElse(null),
                    torrent.id().hex(),
                    torrent.name(),
                    torrent.pieceLength(),
                    torrent.totalLength(),
                    torrent.pieceCount());
        }
    }

    /**
     * What an uploader gets.
     *
     * @param announceUrl what to put into a client; holds the uploader's passkey
     */
    record RegisteredTorrent(@JsonUnwrapped Metadata metadata, String announceUrl) {

        static RegisteredTorrent of(Torrent torrent, String announceUrl) {
            return new RegisteredTorrent(Metadata.of(torrent), announceUrl);
        }
    }

    /**
     * A torrent and its swarm.
     *
     * @param registeredAt seconds since 1970
     * @param complete seeders
     * @param incomplete leechers
     * @param downloaded how often it was finished
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TorrentFacts(
            @JsonUnwrapped Metadata metadata,
            boolean isPrivate,
            @Nullable String source,
            boolean enabled,
            long registeredAt,
            int complete,
            int incomplete,
            int downloaded) {

        static TorrentFacts of(Torrent torrent, SwarmCounts counts) {
            return new TorrentFacts(
                    Metadata.of(torrent),
                    torrent.isPrivate(),
                    torrent.source().orElse(null),
                    torrent.isEnabled(),
                    torrent.registeredAt().toEpochSecond(),
                    counts.complete(),
                    counts.incomplete(),
                    counts.downloaded());
        }
    }
}
