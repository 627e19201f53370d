package io.pbts.contract.settlement.feed;

import io.pbts.support.Feed;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

/** receipt-service's feed of credited batches. */
interface CreditFeed {
    @GetExchange("/internal/v1/credits")
    Feed<CreditItem> credits(@RequestParam("after") String after, @RequestParam("limit") int limit);
}
