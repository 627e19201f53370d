package io.pbts.receipt.facts;

import io.pbts.support.RepeatableRead;
import java.util.List;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What contract-service answers to other services. */
@HttpExchange("/internal/v1")
interface ContractClient {
    @GetExchange("/chain")
    ChainWire chain();

    @RepeatableRead
    @PostExchange("/batches/settled")
    SettledWire settled(@RequestBody BatchesWire batches);

    record BatchesWire(List<Long> batchSeqs) {}

    record SettledWire(List<SettledBatchWire> batches) {}

    record SettledBatchWire(
            long batchSeq, long seq, String root, String sumsRoot, int index, int size, List<String> path) {}

    record ChainWire(long chainId, String settlementAddress) {}
}
