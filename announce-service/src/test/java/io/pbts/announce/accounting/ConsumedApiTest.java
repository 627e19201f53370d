package io.pbts.announce.accounting;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service tells another is in the other's OpenAPI document. */
class ConsumedApiTest {
    @Test
    void reputationServiceTakesWhatAccountingTells() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), LedgerClient.class);
    }
}
