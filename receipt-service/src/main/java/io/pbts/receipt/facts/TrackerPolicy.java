package io.pbts.receipt.facts;

import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** Settings of this tracker that other services own; asked each time, for a configuration page. */
@Component
public class TrackerPolicy {
    private final ReputationClient reputation;
    private final AnnounceClient announce;

    TrackerPolicy(ReputationClient reputation, AnnounceClient announce) {
        this.reputation = reputation;
        this.announce = announce;
    }

    public BigDecimal minRatio() {
        return Asking.ask(Asking.REPUTATION, () -> reputation.policy().minRatio());
    }

    public int maxPeers() {
        return Asking.ask(Asking.ANNOUNCE, () -> announce.swarms().maxPeers());
    }
}
