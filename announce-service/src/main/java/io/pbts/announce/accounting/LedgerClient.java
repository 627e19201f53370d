package io.pbts.announce.accounting;

import java.util.List;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** What announce-service tells reputation-service. */
interface LedgerClient {

    /** Counts the batch unless it was counted before. */
    @PostExchange("/internal/v1/announced")
    Counted announced(@RequestBody Batch batch);

    /**
     * What clients announced.
     *
     * @param batchId a UUID, the same when the batch is sent again
     * @param entries each account once
     */
    record Batch(String batchId, List<AccountDeltas.Delta> entries) {}

    record Counted(boolean counted) {}
}
