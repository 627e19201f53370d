package io.pbts.receipt.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.receipt.facts.AccountDirectory;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.ledger.Claim;
import io.pbts.receipt.ledger.ReceiptLedger;
import io.pbts.receipt.ledger.Totals;
import io.pbts.receipt.report.VariantAnswer.Party;
import io.pbts.receipt.verification.Defect;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes reports in the AI-agent variant's shape: one receipt, answered with that variant's fields and statuses. What the
 * variant answers with 409, a repeat, is 200 here, so that nobody signs again.
 */
@Component
class VariantReports {
    private static final Set<String> TAKEN = Set.of("credited", "held", "duplicate");

    private final AccountDirectory accounts;
    private final ReportDesk desk;
    private final ReceiptLedger ledger;

    VariantReports(AccountDirectory accounts, ReportDesk desk, ReceiptLedger ledger) {
        this.accounts = accounts;
        this.desk = desk;
        this.ledger = ledger;
    }

    /** Whether the body is a receipt of the variant. */
    static boolean isMeant(JsonFields body) {
        return VariantItem.isMeant(body) && !body.has("receipts");
    }

    /** @param caller account id of who reports; none in {@code local}, where the sender is taken at its word */
    VariantAnswer report(Optional<Long> caller, JsonFields body) {
        PostedReceipt receipt = VariantItem.read(body);
        Map<AccountKey, KnownKey> known = accounts.resolve(Set.copyOf(List.of(receipt.sender(), receipt.receiver())));
        long sender = idOf(known, receipt.sender(), "Sender is not registered");
        long receiver = idOf(known, receipt.receiver(), "Receiver is not registered");
        if (sender == receiver) {
            throw new Refusal(400, Defect.SELF_TRANSFER.wireName(), "Sender and receiver must be different");
        }
        Judgement judgement = desk.judge(
                caller.orElse(sender),
                new PostedReport(List.of(receipt), List.of(), List.of(), Optional.empty()),
                Claim.NONE);
        ItemResult result = judgement.results().getFirst();
        if (!TAKEN.contains(result.code())) {
            throw refusal(result);
        }
        Map<Long, Totals> totals = ledger.totals(Set.of(sender, receiver));
        return new VariantAnswer(
                true,
                result.code(),
                Party.of(receipt.sender(), of(sender, totals)),
                Party.of(receipt.receiver(), of(receiver, totals)),
                null,
                null,
                judgement.acknowledgement().orElse(null));
    }

    private static long idOf(Map<AccountKey, KnownKey> known, AccountKey key, String otherwise) {
        return Optional.ofNullable(known.get(key))
                .orElseThrow(() -> new Refusal(404, "unknown-user", otherwise))
                .account()
                .accountId();
    }

    private static Totals of(long account, Map<Long, Totals> totals) {
        return Optional.ofNullable(totals.get(account))
                .orElseThrow(() -> new FactUnavailable("reputation-service's ledger", null));
    }

    private static Refusal refusal(ItemResult result) {
        String code = result.code();
        String detail = Optional.ofNullable(result.detail()).orElse(code);
        if (code.equals(Defect.BAD_SIGNATURE.wireName())) {
            return new Refusal(401, code, "Signature is not from the receiver");
        }
        if (code.equals(Defect.STALE.wireName()) || code.equals(Defect.FUTURE.wireName())) {
            return new Refusal(400, code, "Receipt timestamp is outside the allowed window: " + detail);
        }
        return new Refusal(400, code, detail);
    }
}
