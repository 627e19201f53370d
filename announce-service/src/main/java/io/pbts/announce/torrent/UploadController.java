package io.pbts.announce.torrent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.torrent.Members.Member;
import io.pbts.announce.torrent.TorrentRegistry.Registration;
import io.pbts.announce.torrent.file.AnnounceUrls;
import io.pbts.announce.torrent.file.CommunityRules;
import io.pbts.announce.torrent.file.UploadedTorrent;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Torrents come in. */
@RestController
@Tag(name = "torrents")
class UploadController {
    private final TorrentRegistry registry;
    private final Members members;
    private final Openness openness;
    private final CommunityRules rules;
    private final AnnounceUrls urls;

    UploadController(
            TorrentRegistry registry, Members members, Openness openness, CommunityRules rules, AnnounceUrls urls) {
        this.registry = registry;
        this.members = members;
        this.openness = openness;
        this.rules = rules;
        this.urls = urls;
    }

    @Operation(
            summary = "Register a torrent: the body is the .torrent file, of any content type, up to 10 MiB",
            description =
                    "In `production` the info dictionary needs `private` = 1 and the community's `source`. The problem"
                            + " `not-private` or `wrong-source` (422) offers a corrected file: `corrected_torrent` in base64 up to 64 KiB,"
                            + " and `corrected_at`, which takes the same body and answers with it.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "description",
                        description = "up to 10,000 characters",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "tags",
                        description = "up to 16, comma separated",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "licence",
                        description = "an SPDX identifier, or a line of up to 100 characters",
                        schema = @Schema(type = "string"))
            })
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
            HttpServletRequest request,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-bittorrent",
                                            schema = @Schema(type = "string", format = "binary")))
                    @RequestBody(required = false)
                    byte @Nullable [] file) {
        Member member = members.of(caller, passkey);
        TorrentDetails details = TorrentDetails.ofQuery(request.getQueryString());
        UploadedTorrent upload = UploadedTorrent.read(file == null ? new byte[0] : file);
        if (openness == Openness.PRIVATE) {
            rules.require(upload);
        }
        Registration registration = registry.register(upload, details, member);
        boolean known = member.passkey() != null || openness == Openness.LOCAL;
        return ResponseEntity.status(registration.first() ? 201 : 200)
                .body(new RegisteredTorrent(
                        TorrentFacts.Metadata.of(registration.torrent()),
                        registration.torrent().moderation(),
                        known ? urls.first(member.passkey()) : null));
    }

    @Operation(
            summary =
                    "The .torrent file in the body with the private flag and the community's source; registers nothing",
            description = "The same pieces under another info hash, without announce URLs.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @PostMapping(path = CommunityRules.CORRECTED_AT, produces = PersonalController.TORRENT)
    @ApiResponse(
            responseCode = "200",
            description = "The corrected file",
            content =
                    @Content(
                            mediaType = PersonalController.TORRENT,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> corrected(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-bittorrent",
                                            schema = @Schema(type = "string", format = "binary")))
                    @RequestBody(required = false)
                    byte @Nullable [] file) {
        var _ = members.of(caller, passkey);
        UploadedTorrent upload = UploadedTorrent.read(file == null ? new byte[0] : file);
        UploadedTorrent corrected = rules.corrected(upload);
        return PersonalController.attachment(corrected.metainfo().name(), corrected.stored());
    }

    /**
     * What an uploader gets.
     *
     * @param state whether it is served at once or waits for the operator
     * @param announceUrl what to put into a client; holds the passkey that was sent, and is absent when none was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RegisteredTorrent(
            @JsonUnwrapped TorrentFacts.Metadata metadata,
            Moderation state,
            @Nullable String announceUrl) {}
}
