package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.ReceiptRows.numbers;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The totals that reputation-service owns, moved by its functions inside our transaction: a receipt and its two balances
 * commit together or not at all.
 */
@Component
class Balances {
    private static final String APPLY =
            "select ordinal, credited from reputation.apply_credit(:batch, :senders, :receivers, :amounts)";
    private static final String RELEASE =
            "select ordinal, credited from reputation.release_held(:batch, :receiver, :senders, :amounts)";
    private static final String STANDINGS = """
            select account_id, chain_account, up, down, announced, credit from reputation.standing_of(:accounts)""";

    private final JdbcClient jdbc;

    Balances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Moves the bytes of new receipts, judged in this order; bit i is set when receipt i was credited. */
    BitSet apply(long batch, List<StoredReceipt> receipts) {
        return credited(jdbc.sql(APPLY)
                .param("batch", batch)
                .param("senders", numbers(receipts, StoredReceipt::sender))
                .param("receivers", numbers(receipts, StoredReceipt::receiver))
                .param("amounts", numbers(receipts, StoredReceipt::bytes)));
    }

    /** Credits a prefix of one receiver's held receipts, oldest first. */
    BitSet release(long batch, long receiver, List<StoredReceipt> receipts) {
        return credited(jdbc.sql(RELEASE)
                .param("batch", batch)
                .param("receiver", receiver)
                .param("senders", numbers(receipts, StoredReceipt::sender))
                .param("amounts", numbers(receipts, StoredReceipt::bytes)));
    }

    /** By account id; those that exist. */
    Map<Long, Totals> of(Collection<Long> accounts) {
        Map<Long, Totals> totals = new HashMap<>();
        jdbc.sql(STANDINGS)
                .param("accounts", numbers(accounts, account -> account))
                .query((row, _) -> new Totals(
                        row.getLong("account_id"),
                        ChainAccount.ofBytes(row.getBytes("chain_account")),
                        row.getLong("up"),
                        row.getLong("down"),
                        row.getLong("announced"),
                        row.getLong("credit")))
                .list()
                .forEach(found -> totals.put(found.accountId(), found));
        return totals;
    }

    private static BitSet credited(JdbcClient.StatementSpec call) {
        BitSet credited = new BitSet();
        call.query((row, _) -> {
                    credited.set(row.getInt("ordinal") - 1, row.getBoolean("credited"));
                    return true;
                })
                .list();
        return credited;
    }
}
