package io.pbts.receipt.signature;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.receipt.facts.SigningPlaces;
import io.pbts.receipt.ledger.Exhibits;
import io.pbts.receipt.ledger.Exhibits.Aggregated;
import io.pbts.receipt.ledger.Exhibits.Certified;
import io.pbts.receipt.signature.BlsClaims.Ticket;
import io.pbts.receipt.verification.Examination;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.PostedReport;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/**
 * The signatures of one report. Every BLS signature in it, over a receipt, a batch or a session, is a claim that is checked in
 * the same weighted batch; what rests on a claim counts once the claim holds.
 */
final class ReportSignatures {
    private final PostedReport report;
    private final Examination examination;
    private final Function<AccountKey.Bls, Optional<BlsPublicKey>> keys;
    private final VerifiedSessions sessions;
    private final BlsClaims claims = new BlsClaims();
    private final Map<Plausible, Evidence> evidence = new LinkedHashMap<>();
    private final List<Certified> certified = new ArrayList<>();
    private final List<Aggregated> aggregated = new ArrayList<>();
    private int bad;

    ReportSignatures(
            PostedReport report,
            Examination examination,
            Function<AccountKey.Bls, Optional<BlsPublicKey>> keys,
            VerifiedSessions sessions) {
        this.report = report;
        this.examination = examination;
        this.keys = keys;
        this.sessions = sessions;
    }

    /** Something that is signed, and what follows when it is. */
    private record Pending(Optional<Ticket> claim, BooleanSupplier without, Runnable accept) {}

    SignedReceipts check(Collection<Plausible> open, SecureRandom random) {
        List<Pending> pending = new ArrayList<>();
        Map<Integer, List<Plausible>> batches = new LinkedHashMap<>();
        Map<Integer, List<Plausible>> inSessions = new LinkedHashMap<>();
        List<Plausible> inAggregate = new ArrayList<>();
        for (Plausible receipt : open) {
            switch (receipt.proof()) {
                case Proof.Single(Bytes signature) -> pending.add(single(receipt, signature));
                case Proof.Typed(Bytes signature) -> pending.add(typed(receipt, signature));
                case Proof.InAggregate _ -> inAggregate.add(receipt);
                case Proof.InBatch(int batch) ->
                    batches.computeIfAbsent(batch, _ -> new ArrayList<>()).add(receipt);
                case Proof.InSession(int session, Bytes _) ->
                    inSessions.computeIfAbsent(session, _ -> new ArrayList<>()).add(receipt);
            }
        }
        batches.forEach((batch, members) -> pending.add(batch(batch, members)));
        inSessions.forEach((session, members) -> pending.add(session(session, members)));
        BlsClaims.Verdict verdict = claims.judge(random);
        for (Pending one : pending) {
            if (one.claim().map(verdict::holds).orElseGet(one.without()::getAsBoolean)) {
                one.accept().run();
            } else {
                bad++;
            }
        }
        acceptAggregate(inAggregate);
        return new SignedReceipts(evidence, bad, new Exhibits(certified, aggregated));
    }

    private Pending single(Plausible receipt, Bytes signature) {
        Runnable accept = () -> evidence.put(receipt, Evidence.single(signature));
        return switch (receipt.receipt().receiver()) {
            case AccountKey.Bls key ->
                claimed(
                        key,
                        receipt.receipt().signedBytes(),
                        signature,
                        receipt.receiver().proven(),
                        accept);
            case AccountKey.Wallet _ ->
                unclaimed(() -> WalletSignatures.isSigned(receipt.receipt(), signature), accept);
        };
    }

    private Pending typed(Plausible receipt, Bytes signature) {
        return unclaimed(
                () -> WalletSignatures.isTyped(receipt.receipt(), signature, placeOf(receipt)),
                () -> evidence.put(receipt, Evidence.typed(signature)));
    }

    private Pending batch(int number, List<Plausible> members) {
        BatchProof batch = BatchProof.of(
                        report, number, placeOf(members.getFirst()).domain(), examination::domainOf)
                .orElse(null);
        if (batch == null) {
            return unclaimed(() -> false, () -> {});
        }
        Runnable accept = () -> members.forEach(member -> evidence.put(member, batch.evidence(member.receipt())));
        return switch (batch.statement().receiver()) {
            case AccountKey.Bls key ->
                claimed(
                        key,
                        batch.statement().signedBytes(),
                        batch.signature(),
                        members.getFirst().receiver().proven(),
                        accept);
            case AccountKey.Wallet wallet ->
                unclaimed(
                        () -> WalletSignatures.isPersonal(batch.statement().digest(), wallet, batch.signature()),
                        accept);
        };
    }

    private Pending session(int number, List<Plausible> members) {
        SessionProof session = report.sessions()
                .get(number)
                .flatMap(stated ->
                        SessionProof.of(stated, placeOf(members.getFirst()).domain()))
                .orElse(null);
        if (session == null) {
            return unclaimed(() -> false, () -> {});
        }
        Runnable accept = () -> acceptSession(session, members);
        return sessions.contains(session.fingerprint())
                ? unclaimed(() -> true, accept)
                : claimed(
                        session.certificate().receiver(),
                        session.certificate().signedBytes(),
                        session.signature(),
                        members.getFirst().receiver().proven(),
                        accept);
    }

    private void acceptSession(SessionProof session, List<Plausible> members) {
        sessions.add(session.fingerprint());
        certified.add(session.certified());
        for (Plausible member : members) {
            Bytes signature = ((Proof.InSession) member.proof()).signature();
            if (session.isSigned(member.receipt(), signature)) {
                evidence.put(member, session.evidence(signature));
            } else {
                bad++;
            }
        }
    }

    private void acceptAggregate(List<Plausible> members) {
        if (members.isEmpty()) {
            return;
        }
        Optional<AggregateProof> aggregate =
                AggregateProof.of(report, examination, keys).filter(AggregateProof::verifies);
        if (aggregate.isEmpty()) {
            bad += AggregateProof.signers(report);
            return;
        }
        aggregated.addAll(aggregate.get().exhibits());
        members.forEach(member ->
                evidence.put(member, Evidence.aggregate(aggregate.get().signature())));
    }

    /** Everything that is not signed one by one or in an aggregate is a receipt v2. */
    private Deployment placeOf(Plausible receipt) {
        SigningPlaces places = examination.places().orElseThrow();
        return receipt.receipt() instanceof ReceiptV2 v2
                ? places.of(v2.domain()).orElseThrow()
                : places.current();
    }

    private Pending claimed(AccountKey.Bls signer, Bytes message, Bytes signature, boolean proven, Runnable accept) {
        Optional<BlsSigned> claim = keys.apply(signer)
                .flatMap(key -> BlsSignature.parse(signature).map(point -> new BlsSigned(key, message, point)));
        return claim.isEmpty()
                ? unclaimed(() -> false, accept)
                : new Pending(Optional.of(claims.add(claim.get(), proven)), () -> false, accept);
    }

    private static Pending unclaimed(BooleanSupplier holds, Runnable accept) {
        return new Pending(Optional.empty(), holds, accept);
    }
}
