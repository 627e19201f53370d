package io.pbts.receipt.policy;

import io.pbts.receipt.download.DownloadProperties;
import io.pbts.receipt.facts.CreditTerms;
import io.pbts.receipt.facts.TrackerPolicy;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says by how much this tracker, as it runs, bounds what it cannot see. */
@RestController
@Tag(name = "policy")
class BoundController {
    private static final int MOST_IDENTITIES = 1_000_000;
    private static final int MOST_DAYS = 3650;
    /** A piece is paid for once per receiver. */
    private final TrackerPolicy tracker;

    private final PairCapProperties pairs;
    private final DownloadProperties downloads;

    BoundController(TrackerPolicy tracker, PairCapProperties pairs, DownloadProperties downloads) {
        this.tracker = tracker;
        this.pairs = pairs;
        this.downloads = downloads;
    }

    /**
     * A bound in bytes; exact integers, which may be larger than 64 bits.
     *
     * @param creditBytes what an identity may begin with
     * @param pairCapBytes accepted per ordered pair of accounts and day
     * @param catalogueBytes of all registered and enabled torrents; those with v1 hashes in whole pieces
     * @param washableBytes what the identities can sign for among each other
     * @param gainBytes what they can take from others without giving anything; null when nothing bounds it
     */
    record Bound(
            int identities,
            int days,
            @Schema(format = "decimal") String minRatio,
            long creditBytes,
            long overdraftBytes,
            long pairCapBytes,
            BigInteger catalogueBytes,
            BigInteger washableBytes,
            @Nullable BigInteger gainBytes,
            String meaning) {}

    @Operation(summary = "What k identities of one party gain at most by signing for each other, as the tracker runs")
    @Allow(Who.ANYONE)
    @GetMapping("/api/v1/policy/bound")
    Bound bound(@RequestParam(defaultValue = "2") int identities, @RequestParam(defaultValue = "1") int days) {
        requireBetween("identities", identities, MOST_IDENTITIES);
        requireBetween("days", days, MOST_DAYS);
        CreditTerms terms = tracker.creditTerms();
        var bound = new CollusionBound(
                terms.minRatio(),
                terms.creditBytes(),
                terms.overdraftBytes(),
                pairs.bytes(),
                terms.catalogueBytes(),
                1 + downloads.most());
        BigInteger gain = bound.gainBytes(identities, days).orElse(null);
        return new Bound(
                identities,
                days,
                terms.minRatio().toPlainString(),
                terms.creditBytes(),
                terms.overdraftBytes(),
                pairs.bytes(),
                terms.catalogueBytes(),
                bound.washableBytes(identities, days),
                gain,
                meaning(identities, days, gain));
    }

    private static String meaning(int identities, int days, @Nullable BigInteger gain) {
        return gain == null
                ? "With a minimum ratio of 0 nothing bounds what anybody takes."
                : """
                        %d accounts of one party that sign for each other on %d days in UTC can take at most %s bytes from \
                        everybody else without giving them anything. What they do give earns beside it, as anybody's \
                        does.""".formatted(identities, days, gain);
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new Refusal(400, "invalid-parameter", "%s is from 1 to %d".formatted(name, most));
        }
    }
}
