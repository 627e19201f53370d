package io.pbts.receipt.legacy;

import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.receipt.facts.TrackerPolicy;
import io.pbts.receipt.feed.LedgerCount;
import io.pbts.receipt.policy.AcceptancePolicy;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tracker's configuration as the original shows it, gathered from the services that own it. */
@RestController
@Tag(name = "configuration")
class ConfigController {
    private final TrackerIdentity tracker;
    private final TrackerPolicy others;
    private final AcceptancePolicy policy;
    private final LedgerCount count;

    ConfigController(TrackerIdentity tracker, TrackerPolicy others, AcceptancePolicy policy, LedgerCount count) {
        this.tracker = tracker;
        this.others = others;
        this.policy = policy;
        this.count = count;
    }

    @Allow(Who.ANYONE)
    @GetMapping("/config")
    Config config() {
        return new Config(
                tracker.instance().hex(),
                true,
                policy.receiptWindow(),
                others.minRatio(),
                others.maxPeers(),
                count.redeemed(),
                false);
    }

    /** {@code verify_signatures} is a fact about this tracker, not a setting: there is nothing that could turn it off. */
    record Config(
            String instanceId,
            boolean verifySignatures,
            long receiptWindow,
            BigDecimal minRatio,
            int maxPeers,
            long usedReceiptsCount,
            boolean teeAvailable) {}
}
