package io.pbts.receipt.feed;

import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands committed credits to whoever settles them. */
@RestController
@Tag(name = "internal")
class CreditFeedController {
    private final CreditFeed feed;

    CreditFeedController(CreditFeed feed) {
        this.feed = feed;
    }

    @Allow(value = Who.SERVICE, services = "contract")
    @GetMapping("/internal/v1/credits")
    Feed<CreditFeed.Batch> credits(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "256") int limit) {
        return feed.after(FeedCursor.parse(after), limit);
    }
}
