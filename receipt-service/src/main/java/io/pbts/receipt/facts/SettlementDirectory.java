package io.pbts.receipt.facts;

import io.pbts.receipt.facts.ContractClient.BatchesWire;
import io.pbts.receipt.facts.ContractClient.SettledBatchWire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which batches are on the chain, and where: contract-service's to say. */
@Component
public class SettlementDirectory {
    private final ContractClient contract;

    SettlementDirectory(ContractClient contract) {
        this.contract = contract;
    }

    /**
     * By batch, where those stand that are on the chain.
     *
     * @throws io.pbts.support.FactUnavailable when contract-service is away: nobody is told that nothing is settled
     */
    public Map<Long, Settlement> of(List<Long> batches) {
        Map<Long, Settlement> settlements = new HashMap<>();
        if (!batches.isEmpty()) {
            Asking.ask(Asking.CONTRACT, () -> contract.settled(new BatchesWire(batches)))
                    .batches()
                    .forEach(batch -> settlements.put(batch.batchSeq(), settlement(batch)));
        }
        return settlements;
    }

    private static Settlement settlement(SettledBatchWire batch) {
        return new Settlement(
                batch.contract(),
                batch.seq(),
                batch.root(),
                batch.sumsRoot(),
                batch.index(),
                batch.size(),
                batch.path());
    }
}
