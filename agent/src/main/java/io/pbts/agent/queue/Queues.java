package io.pbts.agent.queue;

import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptSink;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What waits for one tracker: receipts signed for its contract of now, and for those before it that still count. */
public final class Queues implements ReceiptSink, AutoCloseable {

    private final ReceiptQueue present;
    private final List<ReceiptQueue> all;

    private Queues(ReceiptQueue present, List<ReceiptQueue> all) {
        this.present = present;
        this.all = all;
    }

    /**
     * The tracker's queues below a folder.
     *
     * @param earlier domains of which an earlier process may have left something
     * @param most receipts that go to the tracker together
     */
    public static Queues open(Path folder, ReceiptDomain domain, List<ReceiptDomain> earlier, int most)
            throws IOException {
        ReceiptQueue present = new ReceiptQueue(folder, domain, most);
        List<ReceiptQueue> all = new ArrayList<>(List.of(present));
        for (ReceiptDomain before : earlier) {
            if (Files.isDirectory(folder.resolve(before.hex()))) {
                all.add(new ReceiptQueue(folder, before, most));
            }
        }
        return new Queues(present, all);
    }

    /** First the one in which receipts are kept that come in. */
    public List<ReceiptQueue> all() {
        return List.copyOf(all);
    }

    @Override
    public void keep(Earned earned) {
        present.keep(earned);
    }

    /** As {@link ReceiptQueue#tryAgain}. */
    public void tryAgain() throws IOException {
        for (ReceiptQueue queue : all) {
            queue.tryAgain();
        }
    }

    @Override
    public void close() throws IOException {
        for (ReceiptQueue queue : all) {
            queue.close();
        }
    }
}
