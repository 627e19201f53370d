package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.pbts.receipt.facts.ReputationClient.PolicyWire;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** Settings of this tracker that other services own; asked each time, for a configuration page. */
@Component
public class TrackerPolicy {
    private static final String NO_GRANTS = "never";

    private final ReputationClient reputation;
    private final AnnounceClient announce;
    private final LoadingCache<String, CreditTerms> terms;

    TrackerPolicy(ReputationClient reputation, AnnounceClient announce, FactProperties properties) {
        this.reputation = reputation;
        this.announce = announce;
        this.terms = Caffeine.newBuilder()
                .maximumSize(1)
                .expireAfterWrite(properties.fresh())
                .build(_ -> askForTerms());
    }

    public BigDecimal minRatio() {
        return policy().minRatio();
    }

    public int maxPeers() {
        return Asking.ask(Asking.ANNOUNCE, () -> announce.swarms().maxPeers());
    }

    /** Anybody may ask, and the sum over all torrents costs something: remembered for seconds. */
    public CreditTerms creditTerms() {
        return terms.get("terms");
    }

    private CreditTerms askForTerms() {
        PolicyWire policy = policy();
        long credit = policy.initialCreditPolicy().equals(NO_GRANTS) ? 0 : policy.initialCreditBytes();
        return Asking.ask(Asking.ANNOUNCE, () -> {
            var catalogue = announce.catalogue().bytes().toBigIntegerExact();
            return new CreditTerms(policy.minRatio(), credit, policy.overdraftBytes(), catalogue);
        });
    }

    private PolicyWire policy() {
        return Asking.ask(Asking.REPUTATION, reputation::policy);
    }
}
