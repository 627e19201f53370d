package io.pbts.announce.suspicion;

import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The operator reads what looked like cheating, behind the gateway's admin port. */
@RestController
@Tag(name = "admin")
@Allow(Who.ADMIN)
class AdminSignalController {
    private static final int MOST = 1000;

    private final Suspicions suspicions;

    AdminSignalController(Suspicions suspicions) {
        this.suspicions = suspicions;
    }

    /**
     * The last signal of an account.
     *
     * @param at seconds since 1970
     * @param infoHash the swarm's, 40 hexadecimal digits
     * @param bytes claimed, 0 when the signal is not about bytes
     */
    record LastSignal(String kind, long at, String infoHash, long bytes) {}

    /**
     * An account with what its announces looked like.
     *
     * @param counts by kind, since this replica began
     */
    record SuspectView(long accountId, String userId, Map<String, Long> counts, LastSignal last) {
        static SuspectView of(Suspect suspect) {
            Map<String, Long> counts = new LinkedHashMap<>();
            Arrays.stream(Kind.values())
                    .forEach(kind -> counts.put(name(kind), suspect.counts().getOrDefault(kind, 0L)));
            var last = new LastSignal(
                    name(suspect.last()), suspect.at().getEpochSecond(), suspect.infoHash(), suspect.bytes());
            return new SuspectView(suspect.accountId(), suspect.userId(), counts, last);
        }

        private static String name(Kind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    record AnnounceSignals(List<SuspectView> suspects) {}

    @Operation(
            summary =
                    "Accounts whose announces looked like cheating, the latest first; hints, on which nothing is decided")
    @GetMapping("/admin/v1/announce/signals")
    AnnounceSignals signals(@RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(400, "invalid-limit", "limit must be from 1 to " + MOST);
        }
        return new AnnounceSignals(
                suspicions.latest(limit).stream().map(SuspectView::of).toList());
    }
}
