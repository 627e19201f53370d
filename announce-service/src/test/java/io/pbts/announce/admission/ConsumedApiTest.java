package io.pbts.announce.admission;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service asks of another is in the other's OpenAPI document. */
class ConsumedApiTest {
    @Test
    void reputationServiceServesWhatAdmissionAsks() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), ReputationClient.class);
    }
}
