package io.pbts.agent.queue;

import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptSink;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verified receipts on disk until the tracker has answered for them. A receipt that was kept survives the end of this
 * process, however it ends; one that is handed in twice is a duplicate to the tracker and no harm. For one process at a
 * time.
 */
public final class ReceiptQueue implements ReceiptSink, AutoCloseable {

    static final String REFUSED = "refused";

    private static final String OPEN = "open";
    private static final String SUFFIX = ".receipts";

    /** Codes that a receipt is never handed in again for: the ledger has it. */
    private static final Set<String> COUNTED = Set.of("credited", "held", "duplicate");

    private final ReceiptDomain domain;
    private final Path folder;
    private final int most;
    private @Nullable ReceiptFile current;
    private int inCurrent;
    private long number;

    /**
     * The queue of one domain below a folder; what an earlier process left is at its head.
     *
     * @param most receipts that go to the tracker together; at least as many as one signature covers
     */
    public ReceiptQueue(Path folder, ReceiptDomain domain, int most) throws IOException {
        this.domain = domain;
        this.folder = Files.createDirectories(folder.resolve(domain.hex()));
        this.most = most;
        this.number = Math.max(highest(this.folder), highest(this.folder.resolve(REFUSED)));
        if (Files.exists(this.folder.resolve(OPEN))) {
            rename();
        }
    }

    /** What its receipts are signed for. */
    public ReceiptDomain domain() {
        return domain;
    }

    @Override
    public synchronized void keep(Earned earned) {
        StatedReport part = earned.stated();
        int receipts = part.receipts().size();
        try {
            if (inCurrent + receipts > most) {
                seal();
            }
            ReceiptFile file = current;
            if (file == null) {
                file = ReceiptFile.create(folder.resolve(OPEN));
                current = file;
            }
            file.append(part);
            inCurrent += receipts;
            if (inCurrent >= most) {
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
            List<StatedReport> parts = ReceiptFile.read(file);
            if (!parts.isEmpty()) {
                return Optional.of(new Waiting(file, parts));
            }
            Files.delete(file);
        }
        return Optional.empty();
    }

    /**
     * The tracker has answered for all of them; what it did not count is put aside, with what shares its signature: that is
     * a duplicate when it is handed in again.
     *
     * @param codes one for each, in order
     */
    public synchronized void answered(Waiting waiting, List<String> codes) throws IOException {
        List<StatedReport> others = new ArrayList<>();
        int at = 0;
        for (StatedReport part : waiting.parts()) {
            int end = Math.min(at + part.receipts().size(), codes.size());
            if (at < end && !COUNTED.containsAll(codes.subList(at, end))) {
                others.add(part);
            }
            at = end;
        }
        if (!others.isEmpty()) {
            putAside(waiting, others);
        }
        Files.deleteIfExists(waiting.file());
    }

    private void putAside(Waiting waiting, List<StatedReport> parts) throws IOException {
        Path aside = Files.createDirectories(folder.resolve(REFUSED))
                .resolve(waiting.file().getFileName());
        Files.deleteIfExists(aside);
        try (ReceiptFile file = ReceiptFile.create(aside)) {
            for (StatedReport part : parts) {
                file.append(part);
            }
        }
    }

    /** The tracker will never take them: they are put aside, where somebody may look at them. */
    public synchronized void refused(Waiting waiting) throws IOException {
        Path aside = Files.createDirectories(folder.resolve(REFUSED));
        Files.move(waiting.file(), aside.resolve(waiting.file().getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was put aside waits once more. */
    public synchronized void tryAgain() throws IOException {
        Path aside = folder.resolve(REFUSED);
        if (Files.isDirectory(aside)) {
            for (Path file : files(aside)) {
                Files.move(file, sealed(++number), StandardCopyOption.ATOMIC_MOVE);
            }
        }
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
        Files.move(folder.resolve(OPEN), sealed(++number), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path sealed(long named) {
        return folder.resolve(String.format(Locale.ROOT, "%012d%s", named, SUFFIX));
    }

    /** Whether a file of a queue's folder holds receipts. */
    static boolean isReceipts(Path file) {
        return file.toString().endsWith(SUFFIX) || file.endsWith(OPEN);
    }

    private List<Path> sealed() throws IOException {
        return files(folder);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** What was put aside keeps its number, so that nothing else ever takes its place. */
    private static long highest(Path folder) throws IOException {
        return Files.isDirectory(folder)
                ? files(folder).stream().mapToLong(ReceiptQueue::number).max().orElse(0)
                : 0;
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
