package io.pbts.contract.settlement;

import io.pbts.contract.chain.contracts.Enrolment;
import io.pbts.protocol.account.ChainAccount;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts and whether the ledger knows them. */
@Repository
class Enrolments {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolments.class);
    private static final String FOLLOW = """
            update enrolment e set state = case when b.state in ('mined', 'final') then 'enrolled' else 'submitted' end
            from submission b
            where b.submission_id = e.submission_id and e.state in ('submitted', 'enrolled') and b.state <> 'failed'
                and (e.state = 'enrolled') <> (b.state in ('mined', 'final'))""";
    private static final String SET_ASIDE = """
            update enrolment e set state = 'refused', refusal = b.failure_sentence
            from submission b
            where b.submission_id = e.submission_id and e.state in ('submitted', 'enrolled') and b.state = 'failed'
                and (select count(*) from enrolment o where o.submission_id = e.submission_id) = 1
            returning e.user_id || ': ' || e.refusal""";
    private static final String SPLIT = """
            update enrolment e set state = 'pending', failures = e.failures + 1, submission_id = null
            from submission b
            where b.submission_id = e.submission_id and e.state in ('submitted', 'enrolled') and b.state = 'failed'""";

    private final JdbcClient jdbc;

    Enrolments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Brings every enrolment to where the transaction that carries it is. */
    void follow() {
        jdbc.sql(FOLLOW).update();
        jdbc.sql(SET_ASIDE)
                .query(String.class)
                .list()
                .forEach(refused -> LOG.error("event=enrolment_refused reason=\"{}\"", refused));
        jdbc.sql(SPLIT).update();
    }

    boolean isOneUnderWay() {
        return jdbc.sql("select exists (select from enrolment where state = 'submitted')")
                .query(Boolean.class)
                .single();
    }

    /** The oldest that wait, an eighth as many for each time that their batch was refused. */
    List<Enrolment> nextBatch(int most) {
        Optional<Integer> failures = jdbc.sql("select min(failures) from enrolment where state = 'pending'")
                .query(Integer.class)
                .optional();
        if (failures.isEmpty()) {
            return List.of();
        }
        int size = Math.max(1, most >> Math.min(30, 3 * failures.get()));
        return jdbc.sql("""
                        select chain_account, name_hash, credit_mib from enrolment
                        where state = 'pending' and failures = :failures
                        order by received_at, chain_account limit :size""")
                .param("failures", failures.get())
                .param("size", size)
                .query((row, number) -> new Enrolment(
                        ChainAccount.ofBytes(row.getBytes("chain_account")),
                        Bytes32.wrap(row.getBytes("name_hash")),
                        row.getLong("credit_mib")))
                .list();
    }

    void recordSubmitted(List<Enrolment> batch, long submission) {
        jdbc.sql("""
                update enrolment set state = 'submitted', submission_id = :submission
                where state = 'pending' and chain_account in (:accounts)""")
                .param("submission", submission)
                .param(
                        "accounts",
                        batch.stream()
                                .map(account -> account.account().bytes().toArray())
                                .toList())
                .update();
    }
}
