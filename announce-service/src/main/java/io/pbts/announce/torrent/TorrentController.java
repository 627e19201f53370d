package io.pbts.announce.torrent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.announce.torrent.Members.Member;
import io.pbts.announce.torrent.TorrentSearch.Wanted;
import io.pbts.support.Feed;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry for members. */
@RestController
@Tag(name = "torrents")
class TorrentController {
    private final TorrentRegistry registry;
    private final TorrentSearch search;
    private final SwarmHealth swarms;
    private final Members members;

    TorrentController(TorrentRegistry registry, TorrentSearch search, SwarmHealth swarms, Members members) {
        this.registry = registry;
        this.search = search;
        this.swarms = swarms;
        this.members = members;
    }

    @Operation(
            summary = "Registered torrents, the newest first",
            description =
                    "`q`: words, each the beginning of one in name, tags or description. `tag` may be repeated. Another `state` than"
                            + " `approved`, or `mine=true`, lists the caller's own. `cursor` is the `after` of the next page.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping("/api/v1/torrents")
    Feed<TorrentFacts> torrents(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @RequestParam(name = "q", defaultValue = "") String text,
            @RequestParam(name = "tag", defaultValue = "") List<String> tags,
            @RequestParam(name = "licence", defaultValue = "") String licence,
            @RequestParam(name = "state", defaultValue = "approved") Moderation state,
            @RequestParam(name = "mine", defaultValue = "false") boolean mine,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "25") int limit) {
        Member member = members.of(caller, passkey);
        if ((mine || state != Moderation.approved) && member.account().isEmpty()) {
            return new Feed<>(after, List.of(), false);
        }
        OptionalLong owner = mine || state != Moderation.approved ? member.account() : OptionalLong.empty();
        Feed<Torrent> page = search.page(Wanted.of(text, tags, licence, state, owner), after, limit);
        return new Feed<>(page.cursor(), TorrentFacts.inList(page.items(), swarms.of(page.items())), page.more());
    }

    @Operation(summary = "A registered torrent and its swarm, by 40 or 64 hexadecimal digits")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping("/api/v1/torrents/{info_hash}")
    TorrentFacts torrent(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash) {
        var _ = members.of(caller, passkey);
        return facts(registered(infoHash));
    }

    @Operation(
            summary = "Say something else about a torrent, for its uploader",
            description =
                    "What is absent stays; an empty text or list removes. The name is the info dictionary's and never changes.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @PatchMapping("/api/v1/torrents/{info_hash}")
    TorrentFacts describe(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash,
            @RequestBody Details details) {
        Member member = members.of(caller, passkey);
        Torrent torrent = registered(infoHash);
        return facts(registry.describe(torrent, details.over(torrent), member.account()));
    }

    @Operation(
            summary = "Withdraw a torrent, for its uploader",
            description = "It is no longer served and earns no credit. Whoever uploads it again registers it anew.")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @DeleteMapping("/api/v1/torrents/{info_hash}")
    TorrentFacts withdraw(
            Caller caller,
            @RequestHeader(name = Members.PASSKEY, required = false) @Nullable String passkey,
            @PathVariable("info_hash") String infoHash) {
        Member member = members.of(caller, passkey);
        return facts(registry.withdraw(registered(infoHash), member.account()));
    }

    /** What is to be said of a torrent; absent is as before. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(
            @Nullable String description,
            @Nullable List<String> tags,
            @Nullable String licence) {

        TorrentDetails over(Torrent torrent) {
            return torrent.details().changed(description, tags, licence);
        }
    }

    private Torrent registered(String infoHash) {
        return registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
    }

    private TorrentFacts facts(Torrent torrent) {
        return TorrentFacts.of(torrent, swarms.of(torrent));
    }
}
