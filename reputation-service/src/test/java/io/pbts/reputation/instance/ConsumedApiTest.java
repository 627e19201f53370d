package io.pbts.reputation.instance;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service asks of others is in their OpenAPI documents. */
class ConsumedApiTest {
    @Test
    void announceServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("announce-service"), Neighbours.AnnounceService.class);
    }

    @Test
    void receiptServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("receipt-service"), Neighbours.ReceiptService.class);
    }

    @Test
    void contractServiceServesWhatIsAskedOfIt() {
        ConsumedApi.requireServed(ApiDocument.committed("contract-service"), Neighbours.ContractService.class);
    }
}
