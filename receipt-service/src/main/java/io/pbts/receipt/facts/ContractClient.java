package io.pbts.receipt.facts;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What contract-service answers to other services. */
@HttpExchange("/internal/v1")
interface ContractClient {
    @GetExchange("/chain")
    ChainWire chain();

    record ChainWire(long chainId, String settlementAddress) {}
}
