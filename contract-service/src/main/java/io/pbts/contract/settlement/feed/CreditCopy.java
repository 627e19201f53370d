package io.pbts.contract.settlement.feed;

import io.pbts.protocol.merkle.AccountSum;
import io.pbts.support.Feed;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Copies a page of credited batches; items and cursor are one transaction, so none is missed and none is copied twice. */
@Component
class CreditCopy {
    private static final String FEED = "credits";
    private static final String INSERT_ITEM = """
            insert into credit_item (batch_seq, position, receipt_count, rows_root, pulled_at)
            values (?, (select coalesce(max(position), 0) + 1 from credit_item), ?, ?, ?)""";
    private static final String INSERT_DELTA = """
            insert into credit_delta (batch_seq, chain_account, up, down) values (?, ?, ?, ?)""";

    private final FeedCursors cursors;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    CreditCopy(FeedCursors cursors, JdbcTemplate jdbc, Clock clock) {
        this.cursors = cursors;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String cursor() {
        return cursors.of(FEED);
    }

    @Transactional
    public void store(String from, Feed<CreditItem> page) {
        if (!cursors.advance(FEED, from, page.cursor())) {
            return;
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        for (CreditItem item : page.items()) {
            jdbc.update(
                    INSERT_ITEM,
                    item.batchSeq(),
                    item.receiptCount(),
                    item.root().toArray(),
                    now);
            List<AccountSum> sums = item.sums();
            jdbc.batchUpdate(INSERT_DELTA, sums, sums.size(), (PreparedStatement row, AccountSum sum) -> {
                row.setLong(1, item.batchSeq());
                row.setBytes(2, sum.account().bytes().toArray());
                row.setLong(3, sum.up());
                row.setLong(4, sum.down());
            });
        }
    }
}
