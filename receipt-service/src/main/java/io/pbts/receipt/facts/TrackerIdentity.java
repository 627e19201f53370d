package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.support.FactUnavailable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who this tracker is: its instance, which never changes, and the place that receipts are signed for. */
@Component
public class TrackerIdentity {
    private final ReputationClient reputation;
    private final ContractClient contract;
    private final Cache<InstanceId, Deployment> fresh;
    private volatile @Nullable InstanceId instance;
    private volatile @Nullable Deployment last;

    TrackerIdentity(ReputationClient reputation, ContractClient contract, FactProperties properties) {
        this.reputation = reputation;
        this.contract = contract;
        this.fresh = Caffeine.newBuilder()
                .maximumSize(1)
                .expireAfterWrite(properties.fresh())
                .build();
    }

    public InstanceId instance() {
        InstanceId known = instance;
        if (known == null) {
            known = Asking.ask(
                    Asking.REPUTATION,
                    () -> InstanceId.fromHex(reputation.instance().instanceId()));
            instance = known;
        }
        return known;
    }

    /** Where receipts for this tracker are settled. Once known it outlives an absence of contract-service: chains may be down for days. */
    public Deployment deployment() {
        InstanceId mine = instance();
        Deployment current = fresh.getIfPresent(mine);
        if (current == null) {
            current = ask(mine);
            fresh.put(mine, current);
            last = current;
        }
        return current;
    }

    private Deployment ask(InstanceId mine) {
        try {
            return Asking.ask(Asking.CONTRACT, () -> {
                var chain = contract.chain();
                return new Deployment(chain.chainId(), EthereumAddress.parse(chain.settlementAddress()), mine);
            });
        } catch (FactUnavailable away) {
            Deployment known = last;
            if (known == null) {
                throw away;
            }
            return known;
        }
    }
}
