package io.pbts.contract.registry;

import io.pbts.protocol.account.ChainAccount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keys and whether the ledger has them. Only accounts that the ledger knows have their turn. */
@Repository
class KeyRows {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRows.class);
    private static final int MOST_FAILURES = 3;
    private static final String FOLLOW = """
            update key_publication k set state = case when b.state in ('mined', 'final') then 'published' else 'submitted' end
            from submission b
            where b.submission_id = k.submission_id and k.state in ('submitted', 'published') and b.state <> 'failed'
                and (k.state = 'published') <> (b.state in ('mined', 'final'))""";
    private static final String SET_ASIDE = """
            update key_publication k set state = 'refused', refusal = b.failure_sentence
            from submission b
            where b.submission_id = k.submission_id and k.state in ('submitted', 'published') and b.state = 'failed'
                and k.failures >= :most
                and (select count(*) from key_publication o where o.submission_id = k.submission_id) = 1
            returning encode(k.chain_account, 'hex') || ' ' || k.place || ': ' || k.refusal""";
    private static final String AGAIN = """
            update key_publication k set state = 'pending', failures = k.failures + 1, submission_id = null
            from submission b
            where b.submission_id = k.submission_id and k.state in ('submitted', 'published') and b.state = 'failed'""";
    private static final String NEXT_FIRST = """
            with waiting as (
                select k.* from key_publication k
                    join enrolment e on e.chain_account = k.chain_account and e.state = 'enrolled'
                where k.place = 0 and k.state = 'pending'),
            first as (select min(failures) as failures from waiting)
            select w.chain_account, w.place, w.public_key from waiting w join first f on f.failures = w.failures
            order by w.received_at, w.chain_account
            limit (select greatest(1, :most >> least(30, 3 * failures)) from first)""";
    private static final String NEXT_LATER = """
            select k.chain_account, k.place, k.public_key from key_publication k
                join enrolment e on e.chain_account = k.chain_account and e.state = 'enrolled'
            where k.place > 0 and k.state = 'pending'
                and not exists (select from key_publication b
                    where b.chain_account = k.chain_account and b.place between 1 and k.place - 1
                        and b.state in ('pending', 'submitted'))
            order by k.failures, k.received_at, k.chain_account, k.place limit 1""";

    /** A key that waits. */
    record Waiting(ChainAccount account, int place, Bytes key) {}

    private final JdbcClient jdbc;

    KeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Brings every key to where the transaction that carries it is; refused ones stand alone before they are set aside. */
    void follow() {
        jdbc.sql(FOLLOW).update();
        jdbc.sql(SET_ASIDE)
                .param("most", MOST_FAILURES)
                .query(String.class)
                .list()
                .forEach(refused -> LOG.error("event=key_refused account={}", refused));
        jdbc.sql(AGAIN).update();
    }

    boolean isOneUnderWay() {
        return jdbc.sql("select exists (select from key_publication where state = 'submitted')")
                .query(Boolean.class)
                .single();
    }

    /** First keys, the oldest first, an eighth as many for each time that their batch was refused. */
    List<Waiting> nextFirst(int most) {
        return jdbc.sql(NEXT_FIRST)
                .param("most", most)
                .query((row, _) -> waiting(row.getBytes("chain_account"), 0, row.getBytes("public_key")))
                .list();
    }

    /** A later key whose account has all that came before it. */
    Optional<Waiting> nextLater() {
        return jdbc.sql(NEXT_LATER)
                .query((row, _) ->
                        waiting(row.getBytes("chain_account"), row.getInt("place"), row.getBytes("public_key")))
                .optional();
    }

    void submitted(List<Waiting> keys, OptionalLong number, long submission) {
        for (Waiting key : keys) {
            update(key, "submitted", number).param("submission", submission).update();
        }
    }

    /** The ledger has it by another way. */
    void found(Waiting key, long number) {
        update(key, "published", OptionalLong.of(number))
                .param("submission", null, java.sql.Types.BIGINT)
                .update();
    }

    private JdbcClient.StatementSpec update(Waiting key, String state, OptionalLong number) {
        return jdbc.sql("""
                        update key_publication set state = :state, number = :number, submission_id = :submission
                        where chain_account = :account and place = :place and state = 'pending'""")
                .param("state", state)
                .param("number", number.isPresent() ? number.getAsLong() : null, java.sql.Types.BIGINT)
                .param("account", key.account().bytes().toArray())
                .param("place", key.place());
    }

    private static Waiting waiting(byte[] account, int place, byte[] key) {
        return new Waiting(ChainAccount.ofBytes(account), place, Bytes.wrap(key));
    }
}
