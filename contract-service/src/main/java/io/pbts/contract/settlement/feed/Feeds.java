package io.pbts.contract.settlement.feed;

import io.pbts.support.FactUnavailable;
import io.pbts.support.Feed;
import io.pbts.support.ServiceCalls;
import java.net.URI;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads the feeds of the other services as far as they go. A service that is away is read later. */
@Component
public class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final CreditFeed credits;
    private final EnrolmentFeed enrolments;
    private final CreditCopy creditCopy;
    private final EnrolmentCopy enrolmentCopy;
    private final FeedProperties properties;

    Feeds(
            ServiceCalls calls,
            @Value("${pbts.receipt-url}") URI receiptService,
            @Value("${pbts.reputation-url}") URI reputationService,
            CreditCopy creditCopy,
            EnrolmentCopy enrolmentCopy,
            FeedProperties properties) {
        this.credits = calls.client(CreditFeed.class, "receipt-service", receiptService);
        this.enrolments = calls.client(EnrolmentFeed.class, "reputation-service", reputationService);
        this.creditCopy = creditCopy;
        this.enrolmentCopy = enrolmentCopy;
        this.properties = properties;
    }

    /** Enrolments first: an account is there before the credit that names it. */
    public void copyNew() {
        copy(enrolmentCopy::cursor, after -> enrolments.enrolments(after, properties.pageSize()), enrolmentCopy::store);
        copy(creditCopy::cursor, after -> credits.credits(after, properties.pageSize()), creditCopy::store);
    }

    private <T> void copy(Supplier<String> cursor, Function<String, Feed<T>> feed, BiConsumer<String, Feed<T>> store) {
        try {
            for (int page = 0; page < properties.pagesPerStep(); page++) {
                String after = cursor.get();
                Feed<T> next = feed.apply(after);
                if (!next.items().isEmpty()) {
                    store.accept(after, next);
                }
                if (!next.more()) {
                    return;
                }
            }
        } catch (FactUnavailable away) {
            LOG.debug("event=feed_unavailable owner={}", away.owner());
        }
    }
}
