package io.pbts.contract.proof;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What files are made of is in the others' OpenAPI documents. */
class ConsumedApiTest {
    @Test
    void receiptServiceServesBatches() {
        ConsumedApi.requireServed(ApiDocument.committed("receipt-service"), BatchSource.class);
    }

    @Test
    void reputationServiceServesTheInstance() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), InstanceSource.class);
    }
}
