package io.pbts.receipt.signature;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.ledger.Exhibits.Aggregated;
import io.pbts.receipt.verification.Examination;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/**
 * The aggregate of a report: one signature for every receipt that has none of its own (paper, section 4.4). It is right as a
 * whole or not at all, and sound only for keys whose possession was proven.
 *
 * @param signature as sent
 * @param members everything that must have been signed into it, counting or not
 */
record AggregateProof(Bytes signature, List<BlsMessage> members) {

    /**
     * Empty when nobody can have made it: a member is unreadable or no BLS key's, or a receiver is not registered with a
     * proof of possession.
     */
    static Optional<AggregateProof> of(
            PostedReport report, Examination examination, Function<AccountKey.Bls, Optional<BlsPublicKey>> keys) {
        return report.aggregate().flatMap(signature -> report.aggregated()
                .flatMap(members -> messages(members, examination, keys))
                .map(messages -> new AggregateProof(signature, messages)));
    }

    /** How many receivers should have signed a report's aggregate; at least one when nobody can tell. */
    static int signers(PostedReport report) {
        Set<AccountKey> receivers = new HashSet<>();
        report.aggregated().orElse(List.of()).forEach(member -> receivers.add(member.receiver()));
        return Math.max(1, receivers.size());
    }

    private static Optional<List<BlsMessage>> messages(
            List<PostedReceipt> members,
            Examination examination,
            Function<AccountKey.Bls, Optional<BlsPublicKey>> keys) {
        List<BlsMessage> messages = new ArrayList<>(members.size());
        for (PostedReceipt member : members) {
            KnownKey known = examination.keys().get(member.receiver());
            Receipt receipt = member.statement(examination.domainOf(member)).orElse(null);
            BlsPublicKey key = member.receiver() instanceof AccountKey.Bls bls
                    ? keys.apply(bls).orElse(null)
                    : null;
            if (known == null || !known.proven() || receipt == null || key == null) {
                return Optional.empty();
            }
            messages.add(new BlsMessage(key, receipt.signedBytes()));
        }
        return Optional.of(messages);
    }

    boolean verifies() {
        return BlsSignature.parse(signature)
                .map(point -> Bls.verifyAggregate(members, point))
                .orElse(false);
    }

    List<Aggregated> exhibits() {
        return members.stream()
                .map(member -> new Aggregated(member.key().accountKey(), member.message(), signature))
                .toList();
    }
}
