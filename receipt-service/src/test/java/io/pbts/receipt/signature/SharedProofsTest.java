package io.pbts.receipt.signature;

import static io.pbts.receipt.signature.Posting.DEPLOYMENT;
import static io.pbts.receipt.signature.Posting.NOW;
import static io.pbts.receipt.signature.Posting.TORRENT;
import static io.pbts.receipt.signature.Posting.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.testing.World;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.PostedItem;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proofs that several receipts share, and wallets. */
class SharedProofsTest {
    private static final AccountKey SENDER = World.secret().publicKey().accountKey();
    private static final BlsSecretKey SECRET = World.secret();
    private static final AccountKey.Bls RECEIVER = SECRET.publicKey().accountKey();
    private static final BlsSecretKey OTHER_SECRET = World.secret();
    private static final AccountKey.Bls OTHER = OTHER_SECRET.publicKey().accountKey();
    private static final Secp256k1SecretKey WALLET_SECRET = Secp256k1SecretKey.fromBytes(Bytes32.repeat((byte) 7));
    private static final AccountKey.Wallet WALLET = new AccountKey.Wallet(WALLET_SECRET.address());
    private static final Secp256k1SecretKey SESSION_SECRET = Secp256k1SecretKey.fromBytes(Bytes32.repeat((byte) 8));

    private final VerifierPool pool = new VerifierPool(new SignatureProperties(2, 4, 100, 100));
    private final SignatureCheck signatures =
            new SignatureCheck(pool, new SecureRandom(), new SignatureProperties(2, 4, 100, 100));
    private final Posting posting =
            new Posting(SENDER).know(RECEIVER, true).know(OTHER, true).know(WALLET, true);

    @AfterEach
    void stop() {
        pool.destroy();
    }

    @Test
    void takesOneSignatureForAllReceiptsOfSeveralReceivers() {
        aggregate(3);
        posting.aggregate(sum(3));
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).hasSize(6);
        assertThat(signed.evidence().values()).allMatch(evidence -> evidence.form() == SignatureForm.AGGREGATE);
        assertThat(signed.exhibits().aggregated()).hasSize(6);
        assertThat(signed.bad()).isZero();
    }

    @Test
    void takesNothingOfAnAggregateThatLacksOne() {
        aggregate(3);
        posting.aggregate(sum(2));
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).isEmpty();
        assertThat(signed.bad()).as("one per receiver").isEqualTo(2);
    }

    @Test
    void takesAnAggregateWithReceiptsThatCountForNothing() {
        posting.postRefused(RECEIVER, 0, new Proof.InAggregate());
        posting.post(OTHER, 0, new Proof.InAggregate());
        posting.aggregate(sum(1));
        assertThat(posting.checkedBy(signatures).evidence()).hasSize(1);
    }

    @Test
    void takesNoAggregateWithAKeyThatWasNotProven() {
        posting.know(OTHER, false);
        aggregate(1);
        posting.aggregate(sum(1));
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesNoAggregateOfWhichAPartCannotBeRead() {
        aggregate(1);
        posting.item(new PostedItem.Unreadable("?", OptionalInt.empty()));
        posting.aggregate(sum(1));
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesABatchUnderOneSignatureAndKeepsEachPlace() {
        int batch = posting.batch(batchSignature(RECEIVER, 5));
        postBatch(batch, RECEIVER, 0, 1, 2, 3, 4);
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).hasSize(5);
        Plausible third = posting.open().get(2);
        assertThat(signed.evidence().get(third).form()).isEqualTo(SignatureForm.BATCH);
        assertThat(signed.evidence().get(third).bytes().slice(BlsSignature.SIZE, 8))
                .isEqualTo(Bytes.fromHexString("0x0000000500000002"));
    }

    @Test
    void takesABatchOfAWallet() {
        Bytes signature = WALLET_SECRET.signPersonal(statement(WALLET, 3).digest());
        postBatch(posting.batch(signature), WALLET, 0, 1, 2);
        assertThat(posting.checkedBy(signatures).evidence()).hasSize(3);
    }

    @Test
    void takesNothingOfAWalletsBatchThatTheWalletDidNotSign() {
        postBatch(posting.batch(WALLET_SECRET.signPersonal(statement(WALLET, 2).digest())), WALLET, 0, 1, 2);
        postBatch(posting.batch(SESSION_SECRET.signPersonal(statement(WALLET, 3).digest())), WALLET, 0, 1, 2);
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).isEmpty();
        assertThat(signed.bad()).as("one per batch").isEqualTo(2);
    }

    @Test
    void takesNothingOfABatchOfTwoPlaces() {
        int batch = posting.batch(batchSignature(RECEIVER, 2));
        posting.post(RECEIVER, 0, new Proof.InBatch(batch));
        posting.postForEarlierPlace(RECEIVER, 1, new Proof.InBatch(batch));
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).isEmpty();
        assertThat(signed.bad()).isEqualTo(1);
    }

    @Test
    void takesNothingOfABatchInAnotherOrderOrWithAnotherMember() {
        postBatch(posting.batch(batchSignature(RECEIVER, 3)), RECEIVER, 1, 0, 2);
        postBatch(posting.batch(batchSignature(RECEIVER, 3)), RECEIVER, 10, 11, 12);
        postBatch(posting.batch(batchSignature(RECEIVER, 3)), OTHER, 0, 1, 2);
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).isEmpty();
        assertThat(signed.bad()).as("one per batch").isEqualTo(3);
    }

    @Test
    void takesNothingOfABatchOfTwoReceivers() {
        int batch = posting.batch(batchSignature(RECEIVER, 2));
        posting.post(RECEIVER, 0, new Proof.InBatch(batch));
        posting.post(OTHER, 1, new Proof.InBatch(batch));
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesWhatASessionKeySignedAndNamesWhatItDidNot() {
        int session = posting.session(session(NOW - 10, NOW + 10, SECRET));
        Plausible good = postInSession(session, 0, 0);
        postInSession(session, 1, 2);
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).containsOnlyKeys(good);
        assertThat(signed.bad()).isEqualTo(1);
        assertThat(signed.exhibits().certified()).hasSize(1);
    }

    @Test
    void weighsTheCertificatesOfSessionsOnceHoweverManyReportsTheyServe() {
        var weights = new CountedWeights();
        var check = new SignatureCheck(pool, weights, new SignatureProperties(2, 4, 100, 100));
        List<StatedSession> stated = List.of(session(NOW - 10, NOW + 10, SECRET), session(NOW - 10, NOW + 20, SECRET));
        for (int piece = 0; piece < 3; piece++) {
            Posting next = new Posting(SENDER).know(RECEIVER, true);
            for (StatedSession session : stated) {
                next.post(RECEIVER, piece, new Proof.InSession(next.session(session), sessionSignature(piece)));
            }
            SignedReceipts signed = next.checkedBy(check);
            assertThat(signed.evidence()).hasSize(2);
            assertThat(signed.exhibits().certified()).hasSize(2);
            assertThat(weights.drawn).isEqualTo(2);
        }
    }

    /** Draws one for each signature that is weighed against others. */
    private static final class CountedWeights extends SecureRandom {
        private int drawn;

        @Override
        public long nextLong() {
            drawn++;
            return super.nextLong();
        }
    }

    @Test
    void takesNothingOfASessionThatTheReceiverDidNotCertify() {
        int session = posting.session(session(NOW - 10, NOW + 10, OTHER_SECRET));
        postInSession(session, 0, 0);
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesNothingSignedBeforeOrAfterTheSession() {
        postInSession(posting.session(session(NOW + 1, NOW + 10, SECRET)), 0, 0);
        postInSession(posting.session(session(NOW - 10, NOW - 1, SECRET)), 1, 1);
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesNoSessionOfMoreThanADay() {
        postInSession(posting.session(session(NOW, NOW + SessionCertificate.MAX_SECONDS + 1, SECRET)), 0, 0);
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesNoOtherSpellingOfASessionKeysSignature() {
        int session = posting.session(session(NOW - 10, NOW + 10, SECRET));
        Bytes signature = sessionSignature(0);
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        BigInteger high = order.subtract(signature.slice(32).toUnsignedBigInteger());
        posting.post(
                RECEIVER,
                0,
                new Proof.InSession(
                        session,
                        Bytes.concatenate(
                                signature.slice(0, 32), UInt256.valueOf(high).toBytes())));
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void takesAWalletsSignaturesInBothFormsAndNoneForTheOther() {
        ReceiptV2 receipt = receipt(SENDER, WALLET, 0);
        Bytes personal = WALLET_SECRET.signPersonal(receipt.digest());
        Bytes typed = WALLET_SECRET.sign(TypedReceipt.digest(receipt, DEPLOYMENT));
        Plausible one = posting.post(WALLET, 0, new Proof.Single(personal));
        Plausible other = posting.post(WALLET, 0, new Proof.Typed(typed));
        posting.post(WALLET, 0, new Proof.Single(typed));
        posting.post(WALLET, 0, new Proof.Typed(personal));
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence()).containsOnlyKeys(one, other);
        assertThat(signed.bad()).isEqualTo(2);
    }

    @Test
    void judgesEveryFormInOneReport() {
        posting.post(RECEIVER, 20, new Proof.Single(sign(SECRET, RECEIVER, 20)));
        postBatch(posting.batch(batchSignature(RECEIVER, 3)), RECEIVER, 0, 1, 2);
        postInSession(posting.session(session(NOW - 10, NOW + 10, SECRET)), 30, 30);
        posting.post(OTHER, 0, new Proof.InAggregate());
        posting.aggregate(sign(OTHER_SECRET, OTHER, 0));
        assertThat(posting.checkedBy(signatures).evidence()).hasSize(6);
    }

    private void aggregate(int pieces) {
        for (int piece = 0; piece < pieces; piece++) {
            posting.post(RECEIVER, piece, new Proof.InAggregate());
            posting.post(OTHER, piece, new Proof.InAggregate());
        }
    }

    private static Bytes sum(int pieces) {
        List<BlsSignature> all = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            all.add(BlsSignature.of(sign(SECRET, RECEIVER, piece)));
            all.add(BlsSignature.of(sign(OTHER_SECRET, OTHER, piece)));
        }
        return Bls.aggregate(all).bytes();
    }

    private void postBatch(int batch, AccountKey receiver, int... pieces) {
        for (int piece : pieces) {
            posting.post(receiver, piece, new Proof.InBatch(batch));
        }
    }

    private static BatchStatement statement(AccountKey receiver, int pieces) {
        List<ReceiptV2> receipts = IntStream.range(0, pieces)
                .mapToObj(piece -> receipt(SENDER, receiver, piece))
                .toList();
        return BatchStatement.over(DEPLOYMENT.domain(), receiver, receipts);
    }

    private static Bytes batchSignature(AccountKey.Bls receiver, int pieces) {
        return Bls.sign(SECRET, statement(receiver, pieces).signedBytes()).bytes();
    }

    private static StatedSession session(long from, long to, BlsSecretKey signer) {
        Bytes key = SESSION_SECRET.publicKey().bytes();
        var unsigned = new StatedSession(
                TORRENT.v1().infoHash(), SENDER, RECEIVER, Bytes32.repeat((byte) 1), key, from, to, Bytes.EMPTY);
        boolean allowed = to - from <= SessionCertificate.MAX_SECONDS;
        Bytes message = allowed ? unsigned.certificate(DEPLOYMENT.domain()).signedBytes() : Bytes.of(1);
        return new StatedSession(
                unsigned.infoHash(),
                SENDER,
                RECEIVER,
                unsigned.sessionId(),
                key,
                from,
                to,
                Bls.sign(signer, message).bytes());
    }

    private Plausible postInSession(int session, int piece, int signedPiece) {
        return posting.post(RECEIVER, piece, new Proof.InSession(session, sessionSignature(signedPiece)));
    }

    private static Bytes sessionSignature(int piece) {
        return SESSION_SECRET.signCompact(SessionCertificate.digest(receipt(SENDER, RECEIVER, piece)));
    }

    private static Bytes sign(BlsSecretKey secret, AccountKey receiver, int piece) {
        return Bls.sign(secret, receipt(SENDER, receiver, piece).signedBytes()).bytes();
    }
}
