package io.pbts.announce.torrent;

import io.pbts.announce.torrent.TorrentController.Details;
import io.pbts.announce.torrent.TorrentSearch.Wanted;
import io.pbts.support.Feed;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry for the operator. */
@RestController
@RequestMapping("/admin/v1/torrents")
@Tag(name = "torrents")
class ModerationController {
    /** It becomes a failure reason, which is printable ASCII in every client. */
    private static final Pattern REASON = Pattern.compile("[ -~]{1,200}");

    private final TorrentRegistry registry;
    private final TorrentSearch search;
    private final SwarmHealth swarms;

    ModerationController(TorrentRegistry registry, TorrentSearch search, SwarmHealth swarms) {
        this.registry = registry;
        this.search = search;
        this.swarms = swarms;
    }

    @Operation(
            summary =
                    "Torrents of a state, anybody's, the newest first; what waits for the operator unless another is named")
    @Allow(Who.ADMIN)
    @GetMapping
    Feed<TorrentFacts> torrents(
            @RequestParam(name = "q", defaultValue = "") String text,
            @RequestParam(name = "state", defaultValue = "pending") Moderation state,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "25") int limit) {
        Wanted wanted = Wanted.of(text, List.of(), "", state, OptionalLong.empty());
        Feed<Torrent> page = search.page(wanted, after, limit);
        return new Feed<>(page.cursor(), TorrentFacts.of(page.items(), swarms.of(page.items())), page.more());
    }

    @Operation(
            summary = "Approve a torrent, reject it with a reason, or let it wait",
            description =
                    "At once at the tracker here, within a second on other nodes. Clients of a rejected torrent are told"
                            + " `Unregistered torrent: rejected, <reason>`. What its uploader has withdrawn can only be rejected.")
    @Allow(Who.ADMIN)
    @PutMapping("/{info_hash}/state")
    TorrentFacts moderate(@PathVariable("info_hash") String infoHash, @RequestBody Word word) {
        Torrent torrent = registered(infoHash);
        if (word.state == null || word.state == Moderation.withdrawn) {
            throw new Refusal(400, "invalid-state", "state is approved, rejected or pending");
        }
        boolean rejected = word.state == Moderation.rejected;
        if (rejected && (word.reason == null || !REASON.matcher(word.reason).matches())) {
            throw new Refusal(
                    400, "invalid-reason", "A rejection needs a reason of 1 to 200 printable ASCII characters");
        }
        return facts(registry.moderate(torrent, word.state, rejected ? word.reason : null));
    }

    @Operation(summary = "Say something else about anybody's torrent", description = "As for its uploader.")
    @Allow(Who.ADMIN)
    @PatchMapping("/{info_hash}")
    TorrentFacts describe(@PathVariable("info_hash") String infoHash, @RequestBody Details details) {
        Torrent torrent = registered(infoHash);
        return facts(registry.describe(torrent, details.over(torrent), null));
    }

    /**
     * The operator's word.
     *
     * @param reason of a rejection, as clients show it: 1 to 200 printable ASCII characters
     */
    record Word(@Nullable Moderation state, @Nullable String reason) {}

    private Torrent registered(String infoHash) {
        return registry.find(InfoHashText.parse(infoHash)).orElseThrow(InfoHashText::notRegistered);
    }

    private TorrentFacts facts(Torrent torrent) {
        return TorrentFacts.of(torrent, swarms.of(torrent));
    }
}
