package io.pbts.reputation.directory;

import io.pbts.reputation.directory.Enrolments.Enrolment;
import io.pbts.reputation.standing.FeedProperties;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** New accounts for contract-service. */
@RestController
@Tag(name = "internal")
class EnrolmentController {
    private final Enrolments enrolments;
    private final FeedProperties feed;

    EnrolmentController(Enrolments enrolments, FeedProperties feed) {
        this.enrolments = enrolments;
        this.feed = feed;
    }

    @Allow(value = Who.SERVICE, services = "contract")
    @GetMapping("/internal/v1/enrolments")
    Feed<Enrolment> after(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "1000") int limit) {
        return enrolments.after(FeedCursor.parse(after), feed.bounded(limit));
    }
}
