package io.pbts.receipt.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.policy.ReceiptProperties;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.support.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
    private static final TestTorrent TORRENT = TestTorrent.v1("signed", 300, 1 << 20, 300L << 20);
    private static final Peer SENDER = peer(1);
    private static final Peer RECEIVER = peer(2);
    private final VerifierPool pool = new VerifierPool(properties(2, 4));
    private final SignatureCheck signatures = new SignatureCheck(pool, new SecureRandom());

    @AfterEach
    void stop() {
        pool.destroy();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "63, 0", "63, 31", "256, 255"})
    void namesTheOneBadReceiptWhereverItStands(int count, int bad) {
        List<Plausible> receipts = new ArrayList<>();
        for (int piece = 0; piece < count; piece++) {
            receipts.add(signed(RECEIVER, piece, piece == bad ? piece + 1 : piece, true));
        }
        Set<Plausible> expected = new LinkedHashSet<>(receipts);
        expected.remove(receipts.get(bad));
        assertThat(signatures.signed(new LinkedHashSet<>(receipts))).isEqualTo(expected);
    }

    @Test
    void refusesTwoSwappedSignaturesWhoseSumIsRight() {
        Plausible one = signed(RECEIVER, 0, 1, true);
        Plausible other = signed(RECEIVER, 1, 0, true);
        assertThat(signatures.signed(Set.of(one, other))).isEmpty();
    }

    @Test
    void checksUnprovenKeysOneByOne() {
        Plausible good = signed(RECEIVER, 3, 3, false);
        Plausible bad = signed(RECEIVER, 4, 5, false);
        assertThat(signatures.signed(Set.of(good, bad))).containsExactly(good);
    }

    @Test
    void doesNotTakeAKeyThatIsNoPointForASigner() {
        Peer noPoint = new Peer(
                RECEIVER.secret(),
                new io.pbts.protocol.account.AccountKey.Bls(Bytes.repeat((byte) 0xff, 48)),
                RECEIVER.account(),
                RECEIVER.passkey(),
                true);
        assertThat(signatures.signed(Set.of(signed(noPoint, 0, 0, true)))).isEmpty();
    }

    @Test
    void refusesWorkWhenTooMuchWaitsAlready() throws Exception {
        VerifierPool small = new VerifierPool(properties(1, 1));
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
    private static Plausible signed(Peer receiver, int piece, int signedPiece, boolean proven) {
        Bytes signature = receiver.sign(receipt(receiver, signedPiece));
        return new Plausible(
                new LedgerEntry(
                        TORRENT.torrent().id(),
                        SENDER.account(),
                        receiver.account(),
                        1 << 20,
                        receipt(receiver, piece),
                        signature),
                proven);
    }

    private static ReceiptV2 receipt(Peer receiver, int piece) {
        PieceIndex index = new PieceIndex(piece % 300);
        return new ReceiptV2(
                new ReceiptDomain(Bytes32.repeat((byte) 3)),
                TORRENT.v1().infoHash(),
                SENDER.key(),
                receiver.key(),
                index,
                TORRENT.v1().pieces().lengthOf(index),
                TORRENT.v1().pieces().hashOf(index),
                1_763_600_000L);
    }

    private static Peer peer(long id) {
        BlsSecretKey secret = World.secret();
        var key = secret.publicKey().accountKey();
        return new Peer(
                secret, key, new Account(id, "p" + id, key.chainAccount()), Passkey.generate(new SecureRandom()), true);
    }

    private static ReceiptProperties properties(int threads, int queue) {
        return new ReceiptProperties(
                256, false, Duration.ofDays(7), Duration.ofHours(1), Duration.ofMinutes(2), 64, 100, threads, queue);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
