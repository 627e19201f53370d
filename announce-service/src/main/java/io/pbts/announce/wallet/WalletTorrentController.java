package io.pbts.announce.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.announce.admission.Admission;
import io.pbts.announce.wallet.WalletTorrents.Listed;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The variant's {@code /torrents}, for members: who is in which swarm is nobody else's business. */
@RestController
@Tag(name = "wallets")
class WalletTorrentController {
    private static final String PASSKEY = "X-PBTS-Passkey";
    private static final int MOST_PER_PAGE = 100;

    private final WalletTorrents torrents;
    private final Admission admission;

    WalletTorrentController(WalletTorrents torrents, Admission admission) {
        this.torrents = torrents;
        this.admission = admission;
    }

    /**
     * A registered torrent.
     *
     * @param peerCount wallets in its swarm
     * @param peers some of them
     * @param listed whether it is for sale: never, there is no market here
     */
    record WalletTorrent(
            String infohash,
            @JsonProperty("peerCount") long peerCount,
            List<String> peers,
            boolean listed,
            String name,
            String description) {
        static WalletTorrent of(Listed torrent) {
            return new WalletTorrent(
                    torrent.infoHash(),
                    torrent.peerCount(),
                    torrent.peers(),
                    false,
                    torrent.name(),
                    torrent.description());
        }
    }

    /** {@code cursor} is the {@code after} of the next page. */
    record WalletTorrentPage(List<WalletTorrent> torrents, String cursor, boolean more) {}

    @Operation(summary = "Registered torrents, the newest first, and the wallets in their swarms; at most 100 a page")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.TORRENTS)
    @GetMapping("/torrents")
    WalletTorrentPage torrents(
            Caller caller,
            @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        requireKnown(caller, passkey);
        if (limit < 1) {
            throw new Refusal(400, "invalid-limit", "limit must be at least 1");
        }
        int size = Math.min(limit, MOST_PER_PAGE);
        List<Listed> read = torrents.before(after, size + 1);
        List<Listed> page = read.subList(0, Math.min(size, read.size()));
        String cursor = page.isEmpty() ? after : String.valueOf(page.getLast().sequence());
        return new WalletTorrentPage(page.stream().map(WalletTorrent::of).toList(), cursor, read.size() > size);
    }

    /** Whom the rule let in by a passkey: it must be somebody's. */
    private void requireKnown(Caller caller, @Nullable String passkey) {
        boolean shown = passkey != null && !passkey.isBlank() && !(caller instanceof Caller.Account);
        if (shown && admission.require(passkey).isEmpty()) {
            throw new Refusal(401, "unknown-passkey", "The passkey belongs to no account");
        }
    }
}
