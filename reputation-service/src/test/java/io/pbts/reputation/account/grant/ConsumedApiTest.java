package io.pbts.reputation.account.grant;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What is asked about wallets is in the owner's OpenAPI document. */
class ConsumedApiTest {
    @Test
    void contractServiceServesBalances() {
        ConsumedApi.requireServed(ApiDocument.committed("contract-service"), ContractClient.class);
    }
}
