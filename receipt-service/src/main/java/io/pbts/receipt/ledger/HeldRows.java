package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.ReceiptRows.numbers;

import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Receipts that wait for their receiver. Rows go when they are released. */
@Component
class HeldRows {
    private static final int LOCK_SPACE = 0x48454c44; // "HELD"
    private static final String HOLD = """
            insert into held (receipt_seq, receiver_id)
            select n.receipt_seq, n.receiver_id
              from unnest(:rows, :receivers) with ordinality as n (receipt_seq, receiver_id, ordinal)
             order by n.ordinal""";
    private static final String OLDEST = """
            select k.receipt_seq, k.sender_id, k.receiver_id, k.bytes, k.row_hash
              from held h join receipt_key k on k.receipt_seq = h.receipt_seq
             where h.receiver_id = :receiver
             order by h.held_seq
             limit :limit""";
    private static final String RECEIVERS = """
            select distinct receiver_id from held where receiver_id > :after order by receiver_id limit :limit""";

    private final JdbcClient jdbc;

    HeldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Holds receipts, to be released in this order. */
    void hold(List<StoredReceipt> receipts) {
        if (!receipts.isEmpty()) {
            jdbc.sql(HOLD)
                    .param("rows", numbers(receipts, StoredReceipt::receiptSeq))
                    .param("receivers", numbers(receipts, StoredReceipt::receiver))
                    .update();
        }
    }

    /** Takes the right to release this receiver's receipts, until the transaction ends. Another replica may have it. */
    boolean tryLock(long receiver) {
        return jdbc.sql("select pg_try_advisory_xact_lock(:space, :receiver)")
                .param("space", LOCK_SPACE)
                .param("receiver", Long.hashCode(receiver))
                .query(Boolean.class)
                .single();
    }

    List<StoredReceipt> oldest(long receiver, int limit) {
        return jdbc.sql(OLDEST)
                .param("receiver", receiver)
                .param("limit", limit)
                .query((row, _) -> ReceiptRows.stored(row))
                .list();
    }

    void remove(List<StoredReceipt> released) {
        if (!released.isEmpty()) {
            jdbc.sql("delete from held where receipt_seq = any (:rows)")
                    .param("rows", numbers(released, StoredReceipt::receiptSeq))
                    .update();
        }
    }

    /** Receivers of whom something is held, by ascending id. */
    List<Long> receiversAfter(long account, int limit) {
        return jdbc.sql(RECEIVERS)
                .param("after", account)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Those of these accounts of whom something is held. */
    List<Long> receiversAmong(Collection<Long> accounts) {
        return jdbc.sql("select distinct receiver_id from held where receiver_id = any (:accounts)")
                .param("accounts", numbers(accounts, account -> account))
                .query(Long.class)
                .list();
    }
}
