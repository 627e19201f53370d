package io.pbts.contract.settlement.feed;

import io.pbts.contract.chain.contracts.Enrolment;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps accounts and their keys. One that comes again has changed, for example a pending grant that was given. */
@Component
class EnrolmentCopy extends FeedCopy<EnrolmentItem> {
    private static final String UPSERT = """
            insert into enrolment (chain_account, name_hash, user_id, credit_mib, state, received_at)
            values (?, ?, ?, ?, 'pending', ?)
            on conflict (chain_account) do update set name_hash = excluded.name_hash, user_id = excluded.user_id,
                credit_mib = excluded.credit_mib, state = 'pending', failures = 0, submission_id = null, refusal = null,
                received_at = excluded.received_at
            where (enrolment.name_hash, enrolment.credit_mib) is distinct from (excluded.name_hash, excluded.credit_mib)
            """;
    private static final String INSERT_KEY = """
            insert into key_publication (chain_account, place, public_key, received_at) values (?, ?, ?, ?)
            on conflict do nothing""";

    private final JdbcTemplate jdbc;

    EnrolmentCopy(FeedCursors cursors, JdbcTemplate jdbc, Clock clock) {
        super("enrolments", cursors, clock);
        this.jdbc = jdbc;
    }

    @Override
    void keep(EnrolmentItem item, OffsetDateTime now) {
        Enrolment account = item.enrolment();
        jdbc.update(
                UPSERT,
                account.account().bytes().toArray(),
                account.nameHash().toArray(),
                item.userId(),
                account.creditMib(),
                now);
        item.first().ifPresent(key -> keep(account, 0, key, now));
        List<Bytes> later = item.later();
        for (int i = 0; i < later.size(); i++) {
            keep(account, i + 1, later.get(i), now);
        }
    }

    /** What took a place keeps it: reputation-service only ever adds. */
    private void keep(Enrolment account, int place, Bytes key, OffsetDateTime now) {
        jdbc.update(INSERT_KEY, account.account().bytes().toArray(), place, key.toArray(), now);
    }
}
