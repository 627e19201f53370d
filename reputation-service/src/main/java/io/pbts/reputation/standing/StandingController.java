package io.pbts.reputation.standing;

import io.pbts.protocol.account.PasskeyHash;
import io.pbts.reputation.standing.Standing.WorkingPasskey;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts for announce-service: what changed, and one account at a time. */
@RestController
@Tag(name = "internal")
@Allow(value = Who.SERVICE, services = "announce")
@RequestMapping("/internal/v1/standings")
class StandingController {
    private final Standings standings;
    private final FeedProperties feed;

    StandingController(Standings standings, FeedProperties feed) {
        this.standings = standings;
        this.feed = feed;
    }

    /** No change of the standing follows an expiry: whoever remembers the hash compares the time. */
    record ExpiringPasskey(String hash, long expiresAt) {}

    /**
     * A standing.
     *
     * @param passkeyHashes of all passkeys that work, those that will expire too
     * @param announced bytes that its own clients say they downloaded
     */
    record StandingView(
            AccountId accountId,
            String userId,
            List<String> passkeyHashes,
            List<ExpiringPasskey> expiringPasskeys,
            boolean allowed,
            @Schema(format = "decimal") @Nullable String ratio,
            @Schema(format = "decimal") String minRatio,
            long bytesOwed,
            long announced) {

        static StandingView of(Standing standing) {
            Verdict verdict = standing.verdict();
            return new StandingView(
                    standing.account(),
                    standing.user().value(),
                    standing.passkeys().stream().map(WorkingPasskey::hash).toList(),
                    standing.passkeys().stream().flatMap(StandingView::expiring).toList(),
                    verdict.allowed(),
                    verdict.ratio() == null ? null : verdict.ratio().toPlainString(),
                    Policy.printed(standing.minRatio()),
                    verdict.bytesOwed(),
                    standing.totals().announced());
        }

        private static Stream<ExpiringPasskey> expiring(WorkingPasskey passkey) {
            Long end = passkey.expiresAt();
            return end == null ? Stream.empty() : Stream.of(new ExpiringPasskey(passkey.hash(), end));
        }
    }

    @GetMapping
    Feed<StandingView> changes(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "1000") int limit) {
        Feed<Standing> page = standings.changedAfter(FeedCursor.parse(after), feed.bounded(limit));
        return new Feed<>(
                page.cursor(), page.items().stream().map(StandingView::of).toList(), page.more());
    }

    @GetMapping("/by-passkey/{hash}")
    StandingView byPasskey(@PathVariable String hash) {
        return found(standings.ofPasskey(passkeyHash(hash)), "unknown-passkey");
    }

    @GetMapping("/by-user/{user_id}")
    StandingView byUser(@PathVariable("user_id") String userId) {
        return found(UserIds.parse(userId).flatMap(standings::ofUser), "unknown-user");
    }

    private static StandingView found(Optional<Standing> standing, String code) {
        return StandingView.of(standing.orElseThrow(() -> new Refusal(404, code, "No such account")));
    }

    private static PasskeyHash passkeyHash(String hex) {
        try {
            return PasskeyHash.fromHex(hex);
        } catch (IllegalArgumentException notHex) {
            throw new Refusal(400, "invalid-passkey-hash", "A passkey hash is 64 hexadecimal digits", notHex);
        }
    }
}
