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
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @PostMapping("/api/v1/torrents")
    @ApiResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = RegisteredTorrent.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Was registered before",
            content = @Content(schema = @Schema(implementation = RegisteredTorrent.class)))
    ResponseEntity<RegisteredTorrent> register(
            Caller caller,
            @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-bittorrent",
                                            schema = @Schema(type = "string", format = "binary")))
                    @RequestBody(required = false)
                    byte @Nullable [] file) {
        Member member = member(caller, passkey);
        UploadedTorrent upload = UploadedTorrent.read(file == null ? new byte[0] : file);
        if (openness == Openness.PRIVATE && !upload.metainfo().isPrivate()) {
            throw new Refusal(
                    422,
                    "not-private",
                    "The torrent lacks the private flag (BEP 27), so its peers would also come from DHT and PEX."
                            + " Create it again as private, such as with 'mktorrent -p' or 'transmission-create -p'");
        }
        Registration registration = registry.register(upload, member.account());
        return ResponseEntity.status(registration.first() ? 201 : 200)
                .body(RegisteredTorrent.of(registration.torrent(), announceUrl(member.passkey())));
    }

    @Operation(summary = "A registered torrent and its swarm, by 40 or 64 hexadecimal digits")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping("/api/v1/torrents/{info_hash}")
    TorrentFacts torrent(
            Caller caller,
            @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash) {
        member(caller, passkey);
        Torrent torrent = registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
        return TorrentFacts.of(torrent, counts(torrent));
    }

    /** Who signed in, else whose passkey it is. Nobody only where the rule above admits loopback in profile local. */
    private Member member(Caller caller, @Nullable String passkey) {
        if (caller instanceof Caller.Account account) {
            return new Member(OptionalLong.of(account.accountId()), null);
        }
        if (passkey == null || passkey.isBlank()) {
            return new Member(OptionalLong.empty(), null);
        }
        Standing standing = admission
                .require(passkey)
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey belongs to no account"));
        return new Member(OptionalLong.of(standing.accountId()), passkey);
    }

    /** Passkeys are stored as hashes only, so somebody who came without one cannot be told theirs. */
    private @Nullable String announceUrl(@Nullable String passkey) {
        String base = properties.publicUrl().toString().replaceAll("/+$", "");
        if (passkey == null) {
            return openness == Openness.PRIVATE ? null : base + "/announce";
        }
        return base + "/" + passkey + "/announce";
    }

    private record Member(OptionalLong account, @Nullable String passkey) {}

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
     * @param announceUrl what to put into a client; holds the passkey that was sent, and is absent when none was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RegisteredTorrent(
            @JsonUnwrapped Metadata metadata, @Nullable String announceUrl) {

        static RegisteredTorrent of(Torrent torrent, @Nullable String announceUrl) {
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
