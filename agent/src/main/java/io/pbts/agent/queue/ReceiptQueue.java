package io.pbts.agent.queue;

import io.pbts.engine.receipt.ReceiptSink;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verified receipts on disk until the tracker has answered for them. A receipt that was kept survives the end of this
 * process, however it ends; one that is handed in twice is a duplicate to the tracker and no harm. For one process at a
 * time.
 */
public final class ReceiptQueue implements ReceiptSink, AutoCloseable {

    private static final String OPEN = "open";
    private static final String SUFFIX = ".receipts";

    private final Path folder;
    private final int most;
    private @Nullable ReceiptFile current;
    private int inCurrent;
    private long number;

    /**
     * The queue of one domain below a folder; what an earlier process left is at its head.
     *
     * @param most receipts that go to the tracker together
     */
    public ReceiptQueue(Path folder, ReceiptDomain domain, int most) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(domain.hex()));
        this.most = most;
        this.number = sealed().stream().mapToLong(ReceiptQueue::number).max().orElse(0);
        if (Files.exists(this.folder.resolve(OPEN))) {
            rename();
        }
    }

    @Override
    public synchronized void keep(SignedReceipt signed) {
        ReceiptV2 receipt = signed.receipt();
        StatedReceipt stated = new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                receipt.timestamp(),
                new Proof.Single(signed.signature()));
        try {
            ReceiptFile file = current;
            if (file == null) {
                file = ReceiptFile.create(folder.resolve(OPEN));
                current = file;
            }
            file.append(stated);
            if (++inCurrent >= most) {
                seal();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The oldest receipts that the tracker has not answered for; they stay until {@link #answered}. */
    public synchronized Optional<Waiting> next() throws IOException {
        List<Path> sealed = sealed();
        if (sealed.isEmpty()) {
            seal();
            sealed = sealed();
        }
        for (Path file : sealed) {
            List<StatedReceipt> receipts = ReceiptFile.read(file);
            if (!receipts.isEmpty()) {
                return Optional.of(new Waiting(file, receipts));
            }
            Files.delete(file);
        }
        return Optional.empty();
    }

    /** The tracker has answered for all of them. */
    public synchronized void answered(Waiting waiting) throws IOException {
        Files.deleteIfExists(waiting.file());
    }

    /** The tracker will never take them: they are put aside, where somebody may look at them. */
    public synchronized void refused(Waiting waiting) throws IOException {
        Path aside = Files.createDirectories(folder.resolve("refused"));
        Files.move(waiting.file(), aside.resolve(waiting.file().getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private void seal() throws IOException {
        ReceiptFile file = current;
        if (file != null) {
            file.close();
            current = null;
            inCurrent = 0;
            rename();
        }
    }

    private void rename() throws IOException {
        Path to = folder.resolve(String.format(Locale.ROOT, "%012d%s", ++number, SUFFIX));
        Files.move(folder.resolve(OPEN), to, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> sealed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        seal();
    }
}
