package io.pbts.receipt.facts;

import io.pbts.support.RepeatableRead;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            long batchSeq,
            String contract,
            long seq,
            String root,
            String sumsRoot,
            int index,
            int size,
            List<String> path) {}

    /** {@code earlier}: ledgers that were left, the last one first; absent from a contract-service that never left one. */
    record ChainWire(
            long chainId,
            String settlementAddress,
            @Nullable List<EarlierWire> earlier) {
        List<EarlierWire> left() {
            return earlier == null ? List.of() : earlier;
        }
    }

    record EarlierWire(String settlementAddress, long leftAt) {}
}
