package io.pbts.reputation.instance;

import io.pbts.reputation.instance.Neighbours.AnnounceService;
import io.pbts.reputation.instance.Neighbours.Chain;
import io.pbts.reputation.instance.Neighbours.ContractService;
import io.pbts.reputation.instance.Neighbours.Limits;
import io.pbts.reputation.instance.Neighbours.ReceiptService;
import io.pbts.reputation.instance.Neighbours.Swarms;
import io.pbts.support.ServiceCalls;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Asks the owners. The chain and the limits hardly ever change and are remembered for seconds; counts are asked for anew. */
@Component
class PublicFacts {
    private static final String ANNOUNCE = "announce-service";
    private static final String RECEIPT = "receipt-service";
    private static final String CONTRACT = "contract-service";

    private final AnnounceService announce;
    private final LastKnown<Chain> chain;
    private final LastKnown<Limits> limits;

    PublicFacts(ServiceCalls calls, NeighbourProperties neighbours, Clock clock) {
        this.announce = calls.client(AnnounceService.class, ANNOUNCE, neighbours.announceUrl());
        ContractService contract = calls.client(ContractService.class, CONTRACT, neighbours.contractUrl());
        this.chain = new LastKnown<>(() -> Neighbours.ask(CONTRACT, contract::chain), neighbours.factsFor(), clock);
        ReceiptService receipt = calls.client(ReceiptService.class, RECEIPT, neighbours.receiptUrl());
        this.limits = new LastKnown<>(() -> Neighbours.ask(RECEIPT, receipt::limits), neighbours.factsFor(), clock);
    }

    Swarms swarms() {
        return Neighbours.ask(ANNOUNCE, announce::swarms);
    }

    Chain chain() {
        return chain.get();
    }

    Limits limits() {
        return limits.get();
    }
}
