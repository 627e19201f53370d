package io.pbts.contract.settlement.feed;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service asks of others is in their OpenAPI documents. */
class ConsumedApiTest {
    @Test
    void receiptServiceServesTheFeedOfCredits() {
        ConsumedApi.requireServed(ApiDocument.committed("receipt-service"), CreditFeed.class);
    }

    @Test
    void reputationServiceServesTheFeedOfEnrolments() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), EnrolmentFeed.class);
    }
}
