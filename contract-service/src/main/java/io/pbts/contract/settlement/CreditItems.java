package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Credited batches that were copied from receipt-service, by their position there. */
@Repository
class CreditItems {
    /**
     * A batch.
     *
     * @param rowsRoot root over its ledger rows
     */
    record Item(long position, int receiptCount, Bytes32 rowsRoot, Instant pulledAt, List<Delta> deltas) {
        Item {
            deltas = List.copyOf(deltas);
        }

        boolean waitsForEnrolment() {
            return !deltas.stream().allMatch(Delta::isKnown);
        }
    }

    /**
     * What a batch adds to an account.
     *
     * @param isKnown whether the ledger knows the account, or will before anything that is sent from now on
     * @param isLocal whether the ledger has it itself, so that the first write need not copy it from the ledger before
     */
    record Delta(AccountSum sum, boolean isKnown, boolean isLocal) {}

    private static final String SAMPLE = """
            with picked as (
                select d.chain_account from credit_delta d
                where d.batch_seq = (select i.batch_seq from credit_item i
                    where i.position = (select :after + 1 + floor(random() * (:to - :after))::bigint))
                order by random() limit :size)
            select d.chain_account, sum(d.up) as up, sum(d.down) as down
            from picked p join credit_delta d on d.chain_account = p.chain_account
                join credit_item i on i.batch_seq = d.batch_seq
            where i.position > :after and i.position <= :to
            group by d.chain_account""";

    private final JdbcClient jdbc;

    CreditItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Item> at(long position) {
        return jdbc.sql("""
                        select batch_seq, receipt_count, rows_root, pulled_at from credit_item
                        where position = :position""")
                .param("position", position)
                .query((row, number) -> new Item(
                        position,
                        row.getInt("receipt_count"),
                        Bytes32.wrap(row.getBytes("rows_root")),
                        row.getObject("pulled_at", OffsetDateTime.class).toInstant(),
                        deltasOf(row.getLong("batch_seq"))))
                .optional();
    }

    /** Some accounts of a batch after that position and up to the other, whichever, and what all those batches add to each. */
    List<AccountSum> sample(long after, long position, int size) {
        return jdbc.sql(SAMPLE)
                .param("after", after)
                .param("to", position)
                .param("size", size)
                .query((row, number) -> new AccountSum(
                        ChainAccount.ofBytes(row.getBytes("chain_account")), row.getLong("up"), row.getLong("down")))
                .list();
    }

    /** What batches after that position and up to the other add to an account. */
    AccountSum sumOf(ChainAccount account, long after, long position) {
        return jdbc.sql("""
                        select coalesce(sum(d.up), 0)::bigint as up, coalesce(sum(d.down), 0)::bigint as down
                        from credit_delta d join credit_item i on i.batch_seq = d.batch_seq
                        where d.chain_account = :account and i.position > :after and i.position <= :to""")
                .param("account", account.bytes().toArray())
                .param("after", after)
                .param("to", position)
                .query((row, number) -> new AccountSum(account, row.getLong("up"), row.getLong("down")))
                .single();
    }

    private List<Delta> deltasOf(long batch) {
        return jdbc.sql("""
                        select d.chain_account, d.up, d.down,
                            coalesce(e.state in ('submitted', 'enrolled', 'refused'), false) as known,
                            coalesce(h.state in ('found', 'submitted'), false) as copying
                        from credit_delta d left join enrolment e on e.chain_account = d.chain_account
                            left join history_account h on h.chain_account = d.chain_account
                        where d.batch_seq = :batch""")
                .param("batch", batch)
                .query((row, number) -> new Delta(
                        new AccountSum(
                                ChainAccount.ofBytes(row.getBytes("chain_account")),
                                row.getLong("up"),
                                row.getLong("down")),
                        row.getBoolean("known"),
                        row.getBoolean("known") && !row.getBoolean("copying")))
                .list();
    }
}
