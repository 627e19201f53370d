package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.facts.SigningPlaces;
import io.pbts.receipt.policy.AcceptancePolicy;
import io.pbts.receipt.policy.AcceptanceWindow;
import io.pbts.receipt.verification.Finding.Refused;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who, when and for which tracker: what can be refused before any torrent is looked up. */
record PartyRules(
        AcceptancePolicy policy, Map<AccountKey, KnownKey> keys, Optional<SigningPlaces> places, Instant now) {

    Optional<Finding> refusal(PostedReceipt receipt) {
        if (!policy.accepts(receipt.kind())) {
            return refused(
                    Defect.KIND_DISABLED,
                    "%s receipts do not count here".formatted(receipt.kind().wireName()));
        }
        return parties(receipt).or(() -> time(receipt)).or(() -> domain(receipt));
    }

    /** The registered key; only for receipts that were not refused. */
    KnownKey known(AccountKey key) {
        return Optional.ofNullable(keys.get(key))
                .orElseThrow(() -> new IllegalStateException("an unregistered key was not refused"));
    }

    private Optional<Finding> parties(PostedReceipt receipt) {
        KnownKey sender = keys.get(receipt.sender());
        KnownKey receiver = keys.get(receipt.receiver());
        if (sender == null) {
            return refused(Defect.UNKNOWN_SENDER, "sender_pk belongs to no account");
        }
        if (receiver == null) {
            return refused(Defect.UNKNOWN_RECEIVER, "receiver_public_key belongs to no account");
        }
        if (!sender.countsAt(receipt.timestamp())) {
            return refused(Defect.UNKNOWN_SENDER, "sender_pk was revoked before this receipt was signed");
        }
        if (!receiver.countsAt(receipt.timestamp())) {
            return refused(Defect.UNKNOWN_RECEIVER, "receiver_public_key was revoked before this receipt was signed");
        }
        return sender.account().accountId() == receiver.account().accountId()
                ? refused(Defect.SELF_TRANSFER, "sender and receiver are the same account")
                : Optional.empty();
    }

    private Optional<Finding> time(PostedReceipt receipt) {
        AcceptanceWindow window = policy.windowOf(receipt.kind());
        return switch (window.judge(receipt.timestamp(), now)) {
            case OPEN -> Optional.empty();
            case STALE -> refused(Defect.STALE, "older than %d s".formatted(window.pastSeconds()));
            case FUTURE ->
                refused(Defect.FUTURE, "more than %d s ahead of this tracker".formatted(window.futureSeconds()));
        };
    }

    private Optional<Finding> domain(PostedReceipt receipt) {
        boolean elsewhere = places.isPresent()
                && receipt.statedDomain()
                        .filter(stated -> places.get().of(stated).isEmpty())
                        .isPresent();
        return elsewhere
                ? refused(Defect.WRONG_DOMAIN, "signed for another instance, contract or chain")
                : Optional.empty();
    }

    /** What the receipt's receiver must have signed it for. */
    Optional<ReceiptDomain> domainOf(PostedReceipt receipt) {
        return places.map(known -> known.meant(receipt.statedDomain()));
    }

    private static Optional<Finding> refused(Defect defect, String detail) {
        return Optional.of(new Refused(defect, detail));
    }
}
