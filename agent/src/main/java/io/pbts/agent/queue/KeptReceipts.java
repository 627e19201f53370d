package io.pbts.agent.queue;

import io.pbts.agent.queue.Kept.State;
import io.pbts.engine.receipt.Earned;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at queues without taking part in them, also while another process works with them. */
public final class KeptReceipts {

    private static final Pattern DOMAIN = Pattern.compile("[0-9a-f]{64}");

    private KeptReceipts() {}

    /** All receipts of all domains below a folder, the oldest of each first. */
    public static List<Kept> read(Path folder) throws IOException {
        List<Kept> kept = new ArrayList<>();
        for (Path queue : list(folder)) {
            String name = String.valueOf(queue.getFileName());
            if (DOMAIN.matcher(name).matches()) {
                ReceiptDomain domain = ReceiptDomain.fromHex(name);
                add(kept, State.WAITING, domain, queue);
                add(kept, State.REFUSED, domain, queue.resolve(ReceiptQueue.REFUSED));
            }
        }
        return kept;
    }

    private static void add(List<Kept> kept, State state, ReceiptDomain domain, Path folder) throws IOException {
        for (Path file : list(folder)) {
            if (ReceiptQueue.isReceipts(file)) {
                for (StatedReport part : parts(file)) {
                    kept.add(new Kept(state, domain, Earned.of(domain, part)));
                }
            }
        }
    }

    /** Nothing when it has been handed in since the folder was read. */
    private static List<StatedReport> parts(Path file) throws IOException {
        try {
            return ReceiptFile.read(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
