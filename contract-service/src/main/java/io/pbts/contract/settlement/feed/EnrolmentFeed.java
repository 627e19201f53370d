package io.pbts.contract.settlement.feed;

import io.pbts.support.Feed;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

/** reputation-service's feed of accounts that the chain has to know. */
interface EnrolmentFeed {
    @GetExchange("/internal/v1/enrolments")
    Feed<EnrolmentItem> enrolments(@RequestParam("after") String after, @RequestParam("limit") int limit);
}
