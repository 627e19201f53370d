package io.pbts.contract.settlement.feed;

import io.pbts.contract.chain.contracts.Enrolment;
import io.pbts.support.Feed;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Copies a page of accounts. One that comes again has changed, for example a pending grant that was given. */
@Component
class EnrolmentCopy {
    private static final String FEED = "enrolments";
    private static final String UPSERT = """
            insert into enrolment (chain_account, name_hash, user_id, credit_mib, state, received_at)
            values (?, ?, ?, ?, 'pending', ?)
            on conflict (chain_account) do update set name_hash = excluded.name_hash, user_id = excluded.user_id,
                credit_mib = excluded.credit_mib, state = 'pending', failures = 0, submission_id = null, refusal = null,
                received_at = excluded.received_at
            where (enrolment.name_hash, enrolment.credit_mib) is distinct from (excluded.name_hash, excluded.credit_mib)
            """;

    private final FeedCursors cursors;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    EnrolmentCopy(FeedCursors cursors, JdbcTemplate jdbc, Clock clock) {
        this.cursors = cursors;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String cursor() {
        return cursors.of(FEED);
    }

    @Transactional
    public void store(String from, Feed<EnrolmentItem> page) {
        if (!cursors.advance(FEED, from, page.cursor())) {
            return;
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        for (EnrolmentItem item : page.items()) {
            Enrolment account = item.enrolment();
            jdbc.update(
                    UPSERT,
                    account.account().bytes().toArray(),
                    account.nameHash().toArray(),
                    item.userId(),
                    account.creditMib(),
                    now);
        }
    }
}
