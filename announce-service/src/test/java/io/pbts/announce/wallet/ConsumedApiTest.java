package io.pbts.announce.wallet;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What this service asks of another is in the other's OpenAPI document. */
class ConsumedApiTest {
    @Test
    void reputationServiceServesWhatIsAskedAboutWallets() {
        ConsumedApi.requireServed(ApiDocument.committed("reputation-service"), WalletClient.class);
    }
}
