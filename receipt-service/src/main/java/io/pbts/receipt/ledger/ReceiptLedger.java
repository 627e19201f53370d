package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.Outcome.Redeemed;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.support.FactUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Redeems receipts, each once: receipt rows, both balances, credits, holds and the batch commit together or not at all.
 * The primary key of the receipts decides, never a read before.
 */
@Component
public class ReceiptLedger {
    private static final String CLAIM =
            "insert into claim (account_id, uploaded_delta, downloaded_delta) values (:account, :up, :down)";

    private final LedgerTransactions transactions;
    private final PairCaps pairs;
    private final ReceiptRows receipts;
    private final ExhibitRows exhibits;
    private final Crediting crediting;
    private final HeldReleases releases;
    private final Balances balances;
    private final JdbcClient jdbc;

    ReceiptLedger(
            LedgerTransactions transactions,
            PairCaps pairs,
            ReceiptRows receipts,
            ExhibitRows exhibits,
            Crediting crediting,
            HeldReleases releases,
            Balances balances,
            JdbcClient jdbc) {
        this.transactions = transactions;
        this.pairs = pairs;
        this.receipts = receipts;
        this.exhibits = exhibits;
        this.crediting = crediting;
        this.releases = releases;
        this.balances = balances;
        this.jdbc = jdbc;
    }

    /** The rows of those of these keys that were redeemed before. */
    public Map<LedgerKey, Row> find(InstanceId instance, Collection<LedgerKey> keys) {
        return keys.isEmpty() ? Map.of() : receipts.find(instance, keys);
    }

    /** Where these accounts stand now, by id; those that exist. */
    public Map<Long, Totals> totals(Collection<Long> accounts) {
        return balances.of(accounts);
    }

    /**
     * Redeems entries of distinct keys, judged in their order, and keeps what they rest on and the caller's claim.
     *
     * @param rest what several of them rest on together
     */
    public Redemption redeem(InstanceId instance, List<LedgerEntry> entries, Exhibits rest, long caller, Claim claim) {
        Redemption done = transactions.run(() -> redeemNow(instance, entries, rest, caller, claim));
        releases.wake(earners(entries, done));
        return done;
    }

    private Redemption redeemNow(
            InstanceId instance, List<LedgerEntry> entries, Exhibits rest, long caller, Claim claim) {
        PairCaps.Admission admission = pairs.admit(instance, entries);
        Map<LedgerKey, StoredReceipt> inserted = insert(instance, admission.entries());
        pairs.settle(admission, inserted.keySet());
        List<LedgerEntry> fresh = admission.entries().stream()
                .filter(entry -> inserted.containsKey(entry.key()))
                .toList();
        List<StoredReceipt> rows =
                fresh.stream().map(entry -> inserted.get(entry.key())).toList();
        exhibits.keep(rest, fresh);
        Crediting.Verdicts verdicts = crediting.judge(rows, caller);
        keep(claim, caller);
        Map<LedgerKey, Outcome> outcomes = new HashMap<>(admission.decided());
        for (int i = 0; i < rows.size(); i++) {
            State state = verdicts.credited().get(i) ? State.CREDITED : State.HELD;
            StoredReceipt row = rows.get(i);
            outcomes.put(fresh.get(i).key(), new Redeemed(new Row(state, row.receiptSeq(), row.rowHash()), true));
        }
        List<LedgerKey> repeats = admission.entries().stream()
                .map(LedgerEntry::key)
                .filter(key -> !inserted.containsKey(key))
                .toList();
        find(instance, repeats).forEach((key, row) -> outcomes.put(key, new Redeemed(row, false)));
        Totals totals = verdicts.totals().get(caller);
        if (totals == null) {
            throw new FactUnavailable("reputation-service's ledger", null);
        }
        return new Redemption(outcomes, totals);
    }

    private Map<LedgerKey, StoredReceipt> insert(InstanceId instance, List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        List<LedgerEntry> inKeyOrder = new ArrayList<>(entries);
        inKeyOrder.sort(Comparator.comparing(LedgerEntry::key));
        return receipts.insert(instance, inKeyOrder);
    }

    private void keep(Claim claim, long caller) {
        if (!claim.isEmpty()) {
            jdbc.sql(CLAIM)
                    .param("account", caller)
                    .param("up", claim.uploadedDelta())
                    .param("down", claim.downloadedDelta())
                    .update();
        }
    }

    private static Set<Long> earners(List<LedgerEntry> entries, Redemption done) {
        return entries.stream()
                .filter(entry -> isCreditedNow(done.outcomes().get(entry.key())))
                .map(entry -> entry.sender().accountId())
                .collect(Collectors.toSet());
    }

    private static boolean isCreditedNow(@Nullable Outcome outcome) {
        return outcome instanceof Redeemed(Row row, boolean first) && first && row.state() == State.CREDITED;
    }
}
