package io.pbts.benchmarks.transfer;

import io.pbts.engine.Engine;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Two members of a tracker: one signs with BLS for what it gets, the other verifies it and would stop without. */
final class SignedSides implements Sides {
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<StatedReport> parts = new ConcurrentLinkedQueue<>();
    private final LongAdder signedBytes = new LongAdder();
    private final ReceiptExchange sending;
    private final ReceiptExchange receiving;

    SignedSides(Metainfo torrent, ReceiptPolicy policy, SecureRandom random) {
        sending = exchange(policy, random);
        receiving = exchange(policy, random);
        sending.cover(torrent);
        receiving.cover(torrent);
    }

    private ReceiptExchange exchange(ReceiptPolicy policy, SecureRandom random) {
        return new ReceiptExchange(
                new ReceiptSigner.OfBls(BlsSecretKey.random(random)), DOMAIN, policy, this::kept, Clock.systemUTC());
    }

    private void kept(Earned earned) {
        parts.add(earned.stated());
        earned.receipts().forEach(receipt -> signedBytes.add(receipt.length().bytes()));
    }

    @Override
    public Engine seeder(EngineSettings settings) throws IOException {
        return Engine.start(sending.announcedIn(settings), sending, sending);
    }

    @Override
    public Engine leecher(EngineSettings settings) throws IOException {
        return Engine.start(receiving.announcedIn(settings), receiving, receiving);
    }

    @Override
    public Outcome.Receipts settled(Course course) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (signedBytes.sum() < course.bytes()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "only %,d of %,d bytes are signed for".formatted(signedBytes.sum(), course.bytes()));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        Bytes report = BinaryReport.encode(StatedReport.join(List.copyOf(parts)));
        return new Outcome.Receipts(sending.signatures(), report.size());
    }

    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
