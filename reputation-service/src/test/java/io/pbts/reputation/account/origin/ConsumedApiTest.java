package io.pbts.reputation.account.origin;

import io.pbts.support.testing.ApiDocument;
import io.pbts.support.testing.ConsumedApi;
import org.junit.jupiter.api.Test;

/** What is asked about members of the tracker before this one is in the owner's OpenAPI document. */
class ConsumedApiTest {
    @Test
    void contractServiceServesOrigins() {
        ConsumedApi.requireServed(ApiDocument.committed("contract-service"), ContractClient.class);
    }
}
