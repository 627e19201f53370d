package io.pbts.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptQueueTest {
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final BlsSecretKey SENDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey RECEIVER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));

    @TempDir
    private Path folder;

    private static SignedReceipt receipt(int piece) {
        ReceiptV2 receipt = new ReceiptV2(
                DOMAIN,
                InfoHash.fromHex("09be306d741df5cc84731d4025ef3267650f7960"),
                SENDER.publicKey().accountKey(),
                RECEIVER.publicKey().accountKey(),
                new PieceIndex(piece),
                new PieceLength(262_144),
                PieceHash.fromHex("28ace83a91574c68c9028e4a3efe081f1aed2cd0"),
                1_700_000_000);
        return new SignedReceipt(
                receipt, Bls.sign(RECEIVER, receipt.signedBytes()).bytes());
    }

    private ReceiptQueue open() throws IOException {
        return new ReceiptQueue(folder, DOMAIN, 3);
    }

    private static void credited(ReceiptQueue queue, Waiting waiting) throws IOException {
        queue.answered(waiting, waiting.receipts().stream().map(_ -> "credited").toList());
    }

    private static List<Long> pieces(Optional<Waiting> waiting) {
        return waiting.orElseThrow().receipts().stream()
                .map(StatedReceipt::index)
                .map(PieceIndex::value)
                .toList();
    }

    private static Earned batch(int from, int to) {
        List<ReceiptV2> receipts = IntStream.range(from, to)
                .mapToObj(piece -> receipt(piece).receipt())
                .toList();
        BatchStatement statement =
                BatchStatement.over(DOMAIN, RECEIVER.publicKey().accountKey(), receipts);
        return new Earned.Batch(
                receipts, Bls.sign(RECEIVER, statement.signedBytes()).bytes());
    }

    private static Earned inSession(int piece) {
        ReceiptV2 receipt = receipt(piece).receipt();
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(Bytes32.fromHexStringLenient("0x5"));
        var session = new StatedSession(
                receipt.infoHash(),
                receipt.sender(),
                new AccountKey.Bls(RECEIVER.publicKey().bytes()),
                Bytes32.repeat((byte) 9),
                key.publicKey().bytes(),
                receipt.timestamp(),
                receipt.timestamp() + 60,
                Bls.sign(RECEIVER, Bytes.of(1)).bytes());
        return new Earned.InSession(session, receipt, key.signCompact(SessionCertificate.digest(receipt)));
    }

    @Test
    void everyKindOfSignatureIsKeptAndHandedInWithoutCuttingABatch() throws IOException {
        try (ReceiptQueue queue = new ReceiptQueue(folder, DOMAIN, 8)) {
            List<Earned> kept = List.of(receipt(0), batch(1, 4), inSession(4), inSession(5), batch(6, 14));
            kept.forEach(queue::keep);
            StatedReport first = queue.next().orElseThrow().report();
            assertThat(first)
                    .isEqualTo(StatedReport.join(
                            kept.stream().limit(4).map(Earned::stated).toList()));
            assertThat(first.batches()).hasSize(1);
            assertThat(first.sessions()).hasSize(1);
            credited(queue, queue.next().orElseThrow());
            assertThat(queue.next().orElseThrow().report())
                    .isEqualTo(batch(6, 14).stated());
        }
    }

    @Test
    void receiptsWaitInOrderUntilTheyAreAnswered() throws IOException {
        try (ReceiptQueue queue = open()) {
            for (int piece = 0; piece < 4; piece++) {
                queue.keep(receipt(piece));
            }
            assertThat(pieces(queue.next())).containsExactly(0L, 1L, 2L);
            assertThat(pieces(queue.next())).containsExactly(0L, 1L, 2L);
            credited(queue, queue.next().orElseThrow());
            assertThat(pieces(queue.next())).containsExactly(3L);
            credited(queue, queue.next().orElseThrow());
            assertThat(queue.next()).isEmpty();
        }
    }

    /** The first queue is left as a killed process leaves it. */
    @Test
    @SuppressWarnings("MustBeClosed")
    void whatAKilledProcessKeptIsThereForTheNextOne() throws IOException {
        ReceiptQueue killed = open();
        for (int piece = 0; piece < 5; piece++) {
            killed.keep(receipt(piece));
        }
        try (ReceiptQueue queue = open()) {
            assertThat(pieces(queue.next())).containsExactly(0L, 1L, 2L);
            credited(queue, queue.next().orElseThrow());
            queue.keep(receipt(9));
            assertThat(pieces(queue.next())).containsExactly(3L, 4L);
            credited(queue, queue.next().orElseThrow());
            assertThat(pieces(queue.next())).containsExactly(9L);
        }
    }

    @Test
    @SuppressWarnings("MustBeClosed")
    void aReceiptThatACrashCutOffTakesNoOtherAlong() throws IOException {
        ReceiptQueue killed = open();
        killed.keep(receipt(0));
        killed.keep(receipt(1));
        Path file = folder.resolve(DOMAIN.hex()).resolve("open");
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {1, 20, whole.length / 2 - 4}) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            try (ReceiptQueue queue = open()) {
                Waiting waiting = queue.next().orElseThrow();
                assertThat(waiting.receipts()).hasSize(1);
                credited(queue, waiting);
            }
        }
        whole[whole.length - 1]++;
        Files.write(file, whole, StandardOpenOption.CREATE);
        try (ReceiptQueue queue = open()) {
            assertThat(pieces(queue.next())).containsExactly(0L);
        }
    }

    @Test
    void whatTheTrackerNeverTakesIsPutAside() throws IOException {
        try (ReceiptQueue queue = open()) {
            queue.keep(receipt(0));
            queue.refused(queue.next().orElseThrow());
            assertThat(queue.next()).isEmpty();
            try (var aside = Files.list(folder.resolve(DOMAIN.hex()).resolve("refused"))) {
                assertThat(aside).hasSize(1);
            }
        }
    }

    @Test
    void whatTheTrackerDidNotCountIsKeptAndCanBeTriedAgain() throws IOException {
        try (ReceiptQueue queue = open()) {
            for (int piece = 0; piece < 3; piece++) {
                queue.keep(receipt(piece));
            }
            queue.answered(queue.next().orElseThrow(), List.of("held", "pair-cap", "duplicate"));
            assertThat(queue.next()).isEmpty();
            assertThat(states()).containsExactly(Kept.State.REFUSED);
            queue.keep(receipt(9));
            assertThat(states()).containsExactly(Kept.State.WAITING, Kept.State.REFUSED);
        }
        try (ReceiptQueue queue = open()) {
            queue.answered(queue.next().orElseThrow(), List.of("pair-cap"));
        }
        try (ReceiptQueue queue = open()) {
            queue.tryAgain();
            assertThat(pieces(queue.next())).containsExactly(1L);
            credited(queue, queue.next().orElseThrow());
            assertThat(pieces(queue.next())).containsExactly(9L);
        }
    }

    private List<Kept.State> states() throws IOException {
        return KeptReceipts.read(folder).stream().map(Kept::state).toList();
    }

    @Test
    void receiptsOfAnotherDomainAreNotMixedIn() throws IOException {
        try (ReceiptQueue one = open();
                ReceiptQueue other = new ReceiptQueue(folder, new ReceiptDomain(Bytes32.repeat((byte) 8)), 3)) {
            one.keep(receipt(0));
            assertThat(other.next()).isEmpty();
        }
    }
}
