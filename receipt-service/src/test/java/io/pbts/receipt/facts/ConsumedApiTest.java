package io.pbts.receipt.facts;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service asks of others is in their OpenAPI documents. */
class ConsumedApiTest {
    @Test
    void reputationServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), ReputationClient.class);
    }

    @Test
    void announceServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("announce-service"), AnnounceClient.class);
    }

    @Test
    void contractServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("contract-service"), ContractClient.class);
    }
}
