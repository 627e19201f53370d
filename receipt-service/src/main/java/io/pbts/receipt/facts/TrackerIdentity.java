package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.support.FactUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who this tracker is: its instance, which never changes, and the place that receipts are signed for. */
@Component
public class TrackerIdentity {
    private final ReputationClient reputation;
    private final ContractClient contract;
    private final Cache<InstanceId, Places> fresh;
    private volatile @Nullable InstanceId instance;
    private volatile @Nullable Places last;

    /** Where receipts are settled, and where they were until when. */
    private record Places(Deployment current, List<Left> left) {}

    private record Left(Deployment place, Instant at) {}

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
        return places().current();
    }

    /** What receipts count for now, when one counts for that long after its place was left. */
    public SigningPlaces places(Instant now, Duration window) {
        Places known = places();
        return new SigningPlaces(
                known.current(),
                known.left().stream()
                        .filter(left -> now.isBefore(left.at().plus(window)))
                        .map(Left::place)
                        .toList());
    }

    private Places places() {
        InstanceId mine = instance();
        Places current = fresh.getIfPresent(mine);
        if (current == null) {
            current = ask(mine);
            fresh.put(mine, current);
            last = current;
        }
        return current;
    }

    private Places ask(InstanceId mine) {
        try {
            return Asking.ask(Asking.CONTRACT, () -> {
                var chain = contract.chain();
                return new Places(
                        place(chain.chainId(), chain.settlementAddress(), mine),
                        chain.left().stream()
                                .map(left -> new Left(
                                        place(chain.chainId(), left.settlementAddress(), mine),
                                        Instant.ofEpochSecond(left.leftAt())))
                                .toList());
            });
        } catch (FactUnavailable away) {
            Places known = last;
            if (known == null) {
                throw away;
            }
            return known;
        }
    }

    private static Deployment place(long chainId, String contract, InstanceId mine) {
        return new Deployment(chainId, EthereumAddress.parse(contract), mine);
    }
}
