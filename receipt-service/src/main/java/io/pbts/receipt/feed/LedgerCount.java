package io.pbts.receipt.feed;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many receipts were redeemed so far. Summed over batches, which are few, and not for every caller anew. */
@Component
public class LedgerCount {
    private static final String COUNT = """
            select coalesce((select sum(receipt_count) from credit_batch), 0) + (select count(*) from held)""";

    private final LoadingCache<String, Long> count;

    LedgerCount(JdbcClient jdbc, FeedProperties properties) {
        this.count = Caffeine.newBuilder()
                .maximumSize(1)
                .expireAfterWrite(properties.countEvery())
                .build(_ -> jdbc.sql(COUNT).query(Long.class).single());
    }

    public long redeemed() {
        return count.get("redeemed");
    }
}
