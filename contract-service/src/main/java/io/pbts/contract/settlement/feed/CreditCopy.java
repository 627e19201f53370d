package io.pbts.contract.settlement.feed;

import io.pbts.protocol.merkle.AccountSum;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps credited batches in the order of the feed, with what each adds to the accounts. */
@Component
class CreditCopy extends FeedCopy<CreditItem> {
    private static final String INSERT_ITEM = """
            insert into credit_item (batch_seq, position, receipt_count, rows_root, pulled_at)
            values (?, (select coalesce(max(position), 0) + 1 from credit_item), ?, ?, ?)""";
    private static final String INSERT_DELTA = """
            insert into credit_delta (batch_seq, chain_account, up, down) values (?, ?, ?, ?)""";

    private final JdbcTemplate jdbc;

    CreditCopy(FeedCursors cursors, JdbcTemplate jdbc, Clock clock) {
        super("credits", cursors, clock);
        this.jdbc = jdbc;
    }

    @Override
    void keep(CreditItem item, OffsetDateTime now) {
        jdbc.update(
                INSERT_ITEM, item.batchSeq(), item.receiptCount(), item.root().toArray(), now);
        List<AccountSum> sums = item.sums();
        jdbc.batchUpdate(INSERT_DELTA, sums, sums.size(), (PreparedStatement row, AccountSum sum) -> {
            row.setLong(1, item.batchSeq());
            row.setBytes(2, sum.account().bytes().toArray());
            row.setLong(3, sum.up());
            row.setLong(4, sum.down());
        });
    }
}
