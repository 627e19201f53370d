package io.pbts.contract.settlement;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts batches together to an epoch: as many as one transaction carries, or one alone that none carries. */
@Component
class EpochDrafts {
    private final CreditItems items;
    private final Settlements settlements;
    private final SettlementProperties properties;
    private final Clock clock;

    EpochDrafts(CreditItems items, Settlements settlements, SettlementProperties properties, Clock clock) {
        this.items = items;
        this.settlements = settlements;
        this.properties = properties;
        this.clock = clock;
    }

    /** What comes after the last settlement: the next part of its epoch, or of a new one; empty when all is settled. */
    Optional<Epoch.Part> next(Optional<Settlement> last) {
        Optional<Settlement> unfinished = last.filter(settlement -> !settlement.isComplete());
        if (unfinished.isPresent()) {
            int number = unfinished.get().part() + 1;
            return Optional.of(part(unfinished.get(), number, properties.accountsPerTransaction()));
        }
        return newEpoch(last.map(Settlement::toPosition).orElse(0L))
                .map(epoch -> epoch.part(1, List.of(), properties, properties.accountsPerTransaction()));
    }

    /** The same part once more with fewer accounts; empty when it cannot be smaller. */
    Optional<Epoch.Part> smaller(Settlement refused) {
        int accounts =
                refused.accountCount().orElseGet(() -> epochOf(refused).sums().size());
        int half = accounts / 2;
        return half < 2 ? Optional.empty() : Optional.of(part(refused, refused.part(), half));
    }

    /** Whether a batch after that position was here by then. */
    boolean isLeftOver(long position, Instant since) {
        return items.at(position + 1)
                .filter(left -> left.pulledAt().isBefore(since))
                .isPresent();
    }

    private Epoch.Part part(Settlement settlement, int number, int accountLimit) {
        return epochOf(settlement)
                .part(number, settlements.carried(settlement.toPosition(), number), properties, accountLimit);
    }

    private Epoch epochOf(Settlement settlement) {
        Epoch.Draft draft = new Epoch.Draft(properties.withoutLimits());
        for (long position = settlement.fromPosition(); position <= settlement.toPosition(); position++) {
            draft.add(items.at(position).orElseThrow());
        }
        return draft.closeAfter(settlement.fromPosition() - 1);
    }

    private Optional<Epoch> newEpoch(long previousPosition) {
        Epoch.Draft draft = new Epoch.Draft(properties);
        Instant longEnough = clock.instant().minus(properties.enrolmentPatience());
        for (int n = 1; n <= properties.batchesPerEpoch(); n++) {
            Optional<CreditItems.Item> next = items.at(previousPosition + n);
            if (next.isEmpty()) {
                break;
            }
            boolean tooEarly =
                    next.get().waitsForEnrolment() && next.get().pulledAt().isAfter(longEnough);
            if (tooEarly || !draft.add(next.get())) {
                break;
            }
        }
        return draft.isEmpty() ? Optional.empty() : Optional.of(draft.closeAfter(previousPosition));
    }
}
