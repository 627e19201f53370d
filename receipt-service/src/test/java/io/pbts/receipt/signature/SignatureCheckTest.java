package io.pbts.receipt.signature;

import static io.pbts.receipt.signature.Posting.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.report.Proof;
import io.pbts.receipt.testing.World;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.support.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
    private static final AccountKey SENDER = World.secret().publicKey().accountKey();
    private static final BlsSecretKey SECRET = World.secret();
    private static final AccountKey.Bls RECEIVER = SECRET.publicKey().accountKey();

    private final VerifierPool pool = new VerifierPool(new SignatureProperties(2, 4, 100, 100));
    private final SignatureCheck signatures =
            new SignatureCheck(pool, new SecureRandom(), new SignatureProperties(2, 4, 100, 100));
    private final Posting posting = new Posting(SENDER).know(RECEIVER, true);

    @AfterEach
    void stop() {
        pool.destroy();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "63, 0", "63, 31", "256, 255"})
    void namesTheOneBadReceiptWhereverItStands(int count, int bad) {
        for (int piece = 0; piece < count; piece++) {
            post(piece, piece == bad ? piece + 1 : piece);
        }
        Set<Plausible> expected = new LinkedHashSet<>(posting.open());
        expected.remove(posting.open().get(bad));
        SignedReceipts signed = posting.checkedBy(signatures);
        assertThat(signed.evidence().keySet()).isEqualTo(expected);
        assertThat(signed.bad()).isEqualTo(1);
    }

    @Test
    void refusesTwoSwappedSignaturesWhoseSumIsRight() {
        post(0, 1);
        post(1, 0);
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void checksUnprovenKeysOneByOne() {
        posting.know(RECEIVER, false);
        Plausible good = post(3, 3);
        post(4, 5);
        assertThat(posting.checkedBy(signatures).evidence()).containsOnlyKeys(good);
    }

    @Test
    void doesNotTakeAKeyThatIsNoPointForASigner() {
        AccountKey.Bls noPoint = new AccountKey.Bls(Bytes.repeat((byte) 0xff, 48));
        posting.know(noPoint, true);
        posting.post(noPoint, 0, new Proof.Single(sign(0)));
        assertThat(posting.checkedBy(signatures).evidence()).isEmpty();
    }

    @Test
    void keepsTheSignatureForEvidence() {
        Plausible receipt = post(7, 7);
        assertThat(posting.checkedBy(signatures).evidence()).containsEntry(receipt, Evidence.single(sign(7)));
    }

    @Test
    void refusesWorkWhenTooMuchWaitsAlready() throws Exception {
        VerifierPool small = new VerifierPool(new SignatureProperties(1, 1, 1, 1));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = callers.submit(() -> small.run(() -> {
                busy.countDown();
                await(release);
                return "first";
            }));
            await(busy);
            Future<String> waiting = callers.submit(() -> small.run(() -> "second"));
            while (small.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> small.run(() -> "third")).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
            });
            release.countDown();
            assertThat(running.get()).isEqualTo("first");
            assertThat(waiting.get()).isEqualTo("second");
        } finally {
            small.destroy();
        }
    }

    /** For one piece, with the signature made for another (or the same) piece. */
    private Plausible post(int piece, int signedPiece) {
        return posting.post(RECEIVER, piece, new Proof.Single(sign(signedPiece)));
    }

    private static Bytes sign(int piece) {
        return Bls.sign(SECRET, receipt(SENDER, RECEIVER, piece % 300).signedBytes())
                .bytes();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
