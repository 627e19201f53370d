package io.pbts.announce.torrent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.torrent.Members.Member;
import io.pbts.announce.torrent.file.AnnounceUrls;
import io.pbts.announce.torrent.file.PersonalTorrent;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Torrents go out, each with the announce URLs of whoever asks. A passkey is stored as a hash only, so it is in them when the
 * caller sent it, and otherwise, on request, something of the same length that the caller can replace without any of our
 * services having seen it.
 */
@RestController
@Tag(name = "torrents")
class PersonalController {
    static final String TORRENT = "application/x-bittorrent";

    /** As long as a passkey, so that no length in the file changes, and in no passkey's alphabet. */
    private static final String PLACEHOLDER = "PUT-YOUR-32-LETTER-PASSKEY-HERE-";

    private final TorrentRegistry registry;
    private final Members members;
    private final Openness openness;
    private final AnnounceUrls urls;

    PersonalController(TorrentRegistry registry, Members members, Openness openness, AnnounceUrls urls) {
        this.registry = registry;
        this.members = members;
        this.openness = openness;
        this.urls = urls;
    }

    @Operation(
            summary = "The .torrent file of an approved torrent with the caller's announce URLs",
            description =
                    "They hold the passkey that is sent as `X-PBTS-Passkey`. Sessions and API keys do not tell one: `placeholder=true`"
                            + " gives a file in which the 32 characters of the header `X-PBTS-Placeholder` stand for it, each to be"
                            + " replaced by one character of the passkey. `websocket=true` adds the URL for WebTorrent clients.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping(path = "/api/v1/torrents/{info_hash}/file", produces = TORRENT)
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = TORRENT, schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> file(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash,
            @RequestParam(name = "placeholder", defaultValue = "false") boolean placeholder,
            @RequestParam(name = "websocket", defaultValue = "false") boolean websocket) {
        String inUrls = inUrls(members.of(caller, passkey), placeholder);
        Torrent torrent = approved(infoHash);
        Bytes file = PersonalTorrent.file(registry.file(torrent.id()), urls(inUrls, websocket));
        ResponseEntity<byte[]> answer = attachment(torrent.name(), file);
        return PLACEHOLDER.equals(inUrls)
                ? ResponseEntity.ok()
                        .headers(answer.getHeaders())
                        .header("X-PBTS-Placeholder", PLACEHOLDER)
                        .body(answer.getBody())
                : answer;
    }

    @Operation(
            summary = "The magnet link of an approved torrent with the caller's announce URLs (BEP 9)",
            description = "As `/file`. A private torrent's metadata comes from peers that have the file.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping("/api/v1/torrents/{info_hash}/magnet")
    ResponseEntity<Magnet> magnet(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash,
            @RequestParam(name = "placeholder", defaultValue = "false") boolean placeholder,
            @RequestParam(name = "websocket", defaultValue = "false") boolean websocket) {
        String inUrls = inUrls(members.of(caller, passkey), placeholder);
        Torrent torrent = approved(infoHash);
        String link = PersonalTorrent.magnet(
                torrent.v1(), torrent.v2(), torrent.name(), torrent.totalLength(), urls(inUrls, websocket));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Magnet(link, PLACEHOLDER.equals(inUrls) ? PLACEHOLDER : null));
    }

    /**
     * A magnet link.
     *
     * @param placeholder what in it stands for the passkey, when it does not hold one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Magnet(String magnet, @Nullable String placeholder) {}

    /** A file to be saved under the torrent's name, and by nobody on the way. */
    static ResponseEntity<byte[]> attachment(String name, Bytes file) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".torrent", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.parseMediaType(TORRENT))
                .body(file.toArrayUnsafe());
    }

    private @Nullable String inUrls(Member member, boolean placeholder) {
        if (member.passkey() != null
                || (openness == Openness.LOCAL && member.account().isEmpty())) {
            return member.passkey();
        }
        if (placeholder) {
            return PLACEHOLDER;
        }
        throw new Refusal(
                409,
                "passkey-needed",
                "Passkeys are stored as hashes only: send yours as X-PBTS-Passkey in place of the token, or ask with"
                        + " placeholder=true and put it in yourself");
    }

    private List<String> urls(@Nullable String passkey, boolean websocket) {
        return websocket ? urls.withWebSocket(passkey) : urls.of(passkey);
    }

    private Torrent approved(String infoHash) {
        Torrent torrent = registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
        if (!torrent.isEnabled()) {
            throw new Refusal(
                    409,
                    "torrent-not-approved",
                    "The torrent is %s and not served"
                            .formatted(torrent.moderation().name()));
        }
        return torrent;
    }
}
