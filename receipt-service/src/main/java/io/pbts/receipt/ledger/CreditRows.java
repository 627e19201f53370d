package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.ReceiptRows.bytes;
import static io.pbts.receipt.ledger.ReceiptRows.numbers;

import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was credited, in which batch, and what each batch moves per account. Append-only, as the receipts are. */
@Component
class CreditRows {
    private static final String CREDIT =
            "insert into credit (receipt_seq, batch_seq) select n.receipt_seq, :batch from unnest(:rows) as n (receipt_seq)";
    private static final String BATCH =
            "insert into credit_batch (batch_seq, receipt_count, rows_root) values (:batch, :count, :root)";
    private static final String DELTAS = """
            insert into batch_delta (batch_seq, account_id, chain_account, up, down)
            select :batch, n.account_id, n.chain_account, n.up, n.down
              from unnest(:accounts, :chainAccounts, :ups, :downs) as n (account_id, chain_account, up, down)""";

    private final JdbcClient jdbc;

    CreditRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of a batch to come; a transaction that credits nothing leaves a gap. */
    long nextBatch() {
        return jdbc.sql("select nextval('credit_batch_batch_seq_seq')")
                .query(Long.class)
                .single();
    }

    /** Writes a batch: its rows, the root of their hashes in ledger order, and its net movement per account. */
    void write(long batch, List<StoredReceipt> credited, Map<Long, Totals> accounts) {
        if (credited.isEmpty()) {
            return;
        }
        List<StoredReceipt> rows = credited.stream()
                .sorted(Comparator.comparingLong(StoredReceipt::receiptSeq))
                .toList();
        jdbc.sql(CREDIT)
                .param("batch", batch)
                .param("rows", numbers(rows, StoredReceipt::receiptSeq))
                .update();
        jdbc.sql(BATCH)
                .param("batch", batch)
                .param("count", rows.size())
                .param("root", root(rows).toArray())
                .update();
        writeDeltas(batch, List.copyOf(deltas(rows).values()), accounts);
    }

    private static Bytes root(List<StoredReceipt> rows) {
        return ReceiptRowHash.root(rows.stream().map(StoredReceipt::rowHash).toList());
    }

    private void writeDeltas(long batch, List<Delta> deltas, Map<Long, Totals> accounts) {
        jdbc.sql(DELTAS)
                .param("batch", batch)
                .param("accounts", numbers(deltas, Delta::account))
                .param("chainAccounts", bytes(deltas, delta -> chainAccount(delta, accounts)))
                .param("ups", numbers(deltas, Delta::up))
                .param("downs", numbers(deltas, Delta::down))
                .update();
    }

    private static Bytes chainAccount(Delta delta, Map<Long, Totals> accounts) {
        Totals totals = accounts.get(delta.account());
        if (totals == null) {
            throw new IllegalStateException("no totals of account " + delta.account());
        }
        return totals.chainAccount().bytes();
    }

    private static SortedMap<Long, Delta> deltas(List<StoredReceipt> rows) {
        SortedMap<Long, Delta> deltas = new TreeMap<>();
        for (StoredReceipt row : rows) {
            deltas.merge(row.sender(), new Delta(row.sender(), row.bytes(), 0), Delta::plus);
            deltas.merge(row.receiver(), new Delta(row.receiver(), 0, row.bytes()), Delta::plus);
        }
        return deltas;
    }

    private record Delta(long account, long up, long down) {
        Delta plus(Delta other) {
            return new Delta(account, Math.addExact(up, other.up), Math.addExact(down, other.down));
        }
    }
}
