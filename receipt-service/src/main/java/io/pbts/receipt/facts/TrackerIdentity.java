package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.support.FactUnavailable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who this tracker is: its instance, which never changes, and the domain in which receipts are signed for it. */
@Component
public class TrackerIdentity {
    private final ReputationClient reputation;
    private final ContractClient contract;
    private final Cache<InstanceId, ReceiptDomain> fresh;
    private volatile @Nullable InstanceId instance;
    private volatile @Nullable ReceiptDomain lastDomain;

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

    /** The domain of receipts for this tracker. Once known it outlives an absence of contract-service: chains may be down for days. */
    public ReceiptDomain domain() {
        InstanceId mine = instance();
        ReceiptDomain current = fresh.getIfPresent(mine);
        if (current == null) {
            current = askForDomain(mine);
            fresh.put(mine, current);
            lastDomain = current;
        }
        return current;
    }

    private ReceiptDomain askForDomain(InstanceId mine) {
        try {
            return Asking.ask(Asking.CONTRACT, () -> {
                var chain = contract.chain();
                return ReceiptDomain.of(chain.chainId(), EthereumAddress.parse(chain.settlementAddress()), mine);
            });
        } catch (FactUnavailable away) {
            ReceiptDomain last = lastDomain;
            if (last == null) {
                throw away;
            }
            return last;
        }
    }
}
