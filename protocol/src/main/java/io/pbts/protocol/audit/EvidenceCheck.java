package io.pbts.protocol.audit;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.audit.BlsClaims.Message;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.epoch.EpochCertificate;
import io.pbts.protocol.epoch.EpochMember;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.epoch.EpochRow.Signed;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Verifies what rows rest on, in every form of signature; a batch of the ledger at a time. */
final class EvidenceCheck {
    private static final int COMPACT = Secp256k1.COMPACT_SIZE;
    private static final int PATH_AT = 8;

    /** Where a certificate has what a receipt has too: place, parties. */
    private static final int CERTIFICATE_DOMAIN = 13;

    private static final int CERTIFICATE_PLACE = 77;
    private static final int CERTIFICATE_KEY = 207;
    private static final int CERTIFICATE_FROM = 240;
    private static final int CERTIFICATE_TO = 248;

    private final Deployment deployment;
    private final BlsClaims claims;
    private final Map<Bytes32, EpochCertificate> certificates = new HashMap<>();
    private final Map<Bytes32, Aggregate> aggregates = new HashMap<>();
    private long unverifiable;

    /** What one aggregate of the batch is said to be of. */
    private record Aggregate(List<Message> messages, List<AggregateRow> rows) {
        Aggregate() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private record AggregateRow(Finding ifWrong, Bytes signature) {}

    EvidenceCheck(Deployment deployment, BlsClaims claims) {
        this.deployment = deployment;
        this.claims = claims;
    }

    void begin() {
        certificates.clear();
        aggregates.clear();
    }

    void certificate(Located record, EpochCertificate certificate) {
        certificates.put(certificate.fingerprint(), certificate);
        Bytes receiver = certificate.certificate().slice(CERTIFICATE_KEY - AccountKey.Bls.SIZE, AccountKey.Bls.SIZE);
        claims.add(
                new AccountKey.Bls(receiver),
                certificate.certificate(),
                certificate.signature(),
                finding(record, "signature", "is not the receiver's over the certificate"));
    }

    void member(EpochMember member) {
        aggregates
                .computeIfAbsent(member.aggregateHash(), _ -> new Aggregate())
                .messages()
                .add(new Message(member.receiver(), member.signedBytes()));
    }

    void row(Located record, EpochRow row) {
        if (!(row.proof() instanceof Signed signed)) {
            return;
        }
        var receipt = new SignedBytes(row.kind(), signed.signedBytes());
        Finding ifWrong = finding(
                record,
                "evidence",
                "is not the receiver's signature in the form "
                        + signed.evidence().form().wireName());
        try {
            require(receipt, signed, ifWrong);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            claims.refuse(ifWrong);
        }
    }

    private void require(SignedBytes receipt, Signed signed, Finding ifWrong) {
        AccountKey receiver = signed.receiver()
                .<AccountKey>map(key -> key)
                .or(receipt::receiver)
                .orElseThrow();
        Bytes evidence = signed.evidence().bytes();
        switch (signed.evidence().form()) {
            case SINGLE -> requireSignature(receiver, receipt.bytes(), evidence, ifWrong);
            case TYPED -> requireTyped(receiver, receipt, evidence, ifWrong);
            case AGGREGATE -> {
                if (!(receiver instanceof AccountKey.Bls key)) {
                    throw new IllegalArgumentException("no BLS key");
                }
                Aggregate aggregate = aggregates.computeIfAbsent(Sha256.hash(evidence), _ -> new Aggregate());
                aggregate.messages().add(new Message(key, receipt.bytes()));
                aggregate.rows().add(new AggregateRow(ifWrong, evidence));
            }
            case BATCH -> requireBatch(receipt.v2(), evidence, ifWrong);
            case SESSION -> requireSession(receipt, evidence, ifWrong);
        }
    }

    /** Over the bytes by a BLS key, over their keccak256 by a wallet. */
    private void requireSignature(AccountKey receiver, Bytes message, Bytes signature, Finding ifWrong) {
        switch (receiver) {
            case AccountKey.Bls key -> claims.add(key, message, signature, ifWrong);
            case AccountKey.Wallet _ ->
                requireSigner(receiver, Secp256k1.recoverPersonal(Keccak256.hash(message), signature), ifWrong);
        }
    }

    /** What a wallet signed field by field names the deployment itself, so that of an earlier one cannot be rebuilt. */
    private void requireTyped(AccountKey receiver, SignedBytes receipt, Bytes evidence, Finding ifWrong) {
        if (receipt.domain().equals(deployment.domain())) {
            requireSigner(
                    receiver, Secp256k1.recover(TypedReceipt.digest(receipt.v2(), deployment), evidence), ifWrong);
        } else {
            unverifiable++;
        }
    }

    private void requireSigner(AccountKey receiver, Recovery recovery, Finding ifWrong) {
        boolean isReceiver = recovery instanceof Recovery.Signer(var address)
                && receiver instanceof AccountKey.Wallet(var wallet)
                && wallet.equals(address);
        if (!isReceiver) {
            claims.refuse(ifWrong);
        }
    }

    private void requireBatch(ReceiptV2 receipt, Bytes evidence, Finding ifWrong) {
        int size = receipt.receiver() instanceof AccountKey.Bls ? BlsSignature.SIZE : Secp256k1.SIGNATURE_SIZE;
        Bytes place = evidence.slice(size);
        int count = place.getInt(0);
        List<Bytes32> path = IntStream.range(0, (place.size() - PATH_AT) / Bytes32.SIZE)
                .mapToObj(i -> Bytes32.wrap(place.slice(PATH_AT + i * Bytes32.SIZE, Bytes32.SIZE)))
                .toList();
        Bytes32 root = new LogProof(place.getInt(4), count, path)
                .rootOver(BatchStatement.entry(receipt))
                .orElseThrow(() -> new IllegalArgumentException("not a path"));
        var statement = new BatchStatement(receipt.domain(), receipt.receiver(), count, root);
        requireSignature(receipt.receiver(), statement.signedBytes(), evidence.slice(0, size), ifWrong);
    }

    private void requireSession(SignedBytes receipt, Bytes evidence, Finding ifWrong) {
        EpochCertificate session = certificates.get(Bytes32.wrap(evidence.slice(COMPACT)));
        boolean holds = session != null
                && covers(session.certificate(), receipt)
                && Secp256k1PublicKey.parse(
                                session.certificate().slice(CERTIFICATE_KEY, SessionCertificate.SESSION_KEY_SIZE))
                        .filter(key -> Secp256k1.verify(key, Sha256.hash(receipt.bytes()), evidence.slice(0, COMPACT)))
                        .isPresent();
        if (!holds) {
            claims.refuse(ifWrong);
        }
    }

    /** Same place, torrent and parties, and signed within its time. */
    private static boolean covers(Bytes certificate, SignedBytes receipt) {
        Bytes torrentAndSender = receipt.bytes().slice(SignedBytes.PLACE, SignedBytes.RECEIVER - SignedBytes.PLACE);
        Bytes receiver = receipt.bytes().slice(SignedBytes.RECEIVER + 1, AccountKey.Bls.SIZE);
        return receipt.kind() == ReceiptKind.V2_BLS
                && certificate
                        .slice(CERTIFICATE_DOMAIN, Bytes32.SIZE)
                        .equals(receipt.domain().bytes())
                && certificate.slice(CERTIFICATE_PLACE, torrentAndSender.size()).equals(torrentAndSender)
                && certificate
                        .slice(CERTIFICATE_KEY - AccountKey.Bls.SIZE, AccountKey.Bls.SIZE)
                        .equals(receiver)
                && receipt.time() >= certificate.getLong(CERTIFICATE_FROM)
                && receipt.time() <= certificate.getLong(CERTIFICATE_TO);
    }

    /** The last row of the batch was there. */
    void end() {
        for (Aggregate aggregate : aggregates.values()) {
            if (!aggregate.rows().isEmpty()) {
                AggregateRow first = aggregate.rows().getFirst();
                claims.addAggregate(aggregate.messages(), first.signature(), first.ifWrong());
            }
        }
        claims.settleWhenFull();
    }

    /** Rows that nobody can verify from the file alone. */
    long unverifiable() {
        return unverifiable;
    }

    void flush() {
        claims.settle();
    }

    private static Finding finding(Located record, String field, String problem) {
        return new Finding(
                record.offset(), record.size(), record.content().type().title(), field, problem);
    }
}
