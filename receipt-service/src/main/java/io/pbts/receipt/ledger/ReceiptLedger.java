package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.receipt.ledger.ReceiptRows.StoredReceipt;
import io.pbts.receipt.ledger.Redemption.Outcome;
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
    private final ReceiptRows receipts;
    private final Crediting crediting;
    private final HeldReleases releases;
    private final JdbcClient jdbc;

    ReceiptLedger(
            LedgerTransactions transactions,
            ReceiptRows receipts,
            Crediting crediting,
            HeldReleases releases,
            JdbcClient jdbc) {
        this.transactions = transactions;
        this.receipts = receipts;
        this.crediting = crediting;
        this.releases = releases;
        this.jdbc = jdbc;
    }

    /** Where those of these keys stand that were redeemed before. */
    public Map<LedgerKey, State> states(InstanceId instance, Collection<LedgerKey> keys) {
        return keys.isEmpty() ? Map.of() : receipts.states(instance, keys);
    }

    /** Redeems entries of distinct keys, judged in their order, and keeps the caller's claim. */
    public Redemption redeem(InstanceId instance, List<LedgerEntry> entries, long caller, Claim claim) {
        Redemption done = transactions.run(() -> redeemNow(instance, entries, caller, claim));
        releases.wake(earners(entries, done));
        return done;
    }

    private Redemption redeemNow(InstanceId instance, List<LedgerEntry> entries, long caller, Claim claim) {
        List<LedgerKey> keys = entries.stream().map(LedgerEntry::key).toList();
        Map<LedgerKey, StoredReceipt> inserted = insert(instance, entries);
        List<LedgerKey> fresh = keys.stream().filter(inserted::containsKey).toList();
        List<LedgerKey> repeats =
                keys.stream().filter(key -> !inserted.containsKey(key)).toList();
        Crediting.Verdicts verdicts =
                crediting.judge(fresh.stream().map(inserted::get).toList(), caller);
        keep(claim, caller);

        Map<LedgerKey, Outcome> outcomes = new HashMap<>();
        for (int i = 0; i < fresh.size(); i++) {
            State state = verdicts.credited().get(i) ? State.CREDITED : State.HELD;
            outcomes.put(fresh.get(i), new Outcome(state, true));
        }
        states(instance, repeats).forEach((key, state) -> outcomes.put(key, new Outcome(state, false)));
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
        var credited = new Outcome(State.CREDITED, true);
        return entries.stream()
                .filter(entry -> credited.equals(done.outcomes().get(entry.key())))
                .map(entry -> entry.sender().accountId())
                .collect(Collectors.toSet());
    }
}
