package io.pbts.agent.sharing;

import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptSink;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Receipts on their way to the disk. A peer signs once, so a receipt that the disk does not take stays in memory and is tried
 * again with each further one and at the end.
 */
final class Earnings implements ReceiptSink {

    private final ReceiptSink queue;
    private final Consumer<String> trouble;
    private final Deque<Earned> waiting = new ArrayDeque<>();
    private long receipts;

    /**
     * Before a queue.
     *
     * @param queue throws {@link UncheckedIOException} when the disk does not take a receipt
     * @param trouble hears that the disk does not take them
     */
    Earnings(ReceiptSink queue, Consumer<String> trouble) {
        this.queue = queue;
        this.trouble = trouble;
    }

    @Override
    public synchronized void keep(Earned earned) {
        receipts += earned.receipts().size();
        waiting.add(earned);
        flush();
    }

    /** Tries once more to put on disk what is not there. */
    synchronized void flush() {
        try {
            while (!waiting.isEmpty()) {
                queue.keep(waiting.getFirst());
                waiting.removeFirst();
            }
        } catch (UncheckedIOException e) {
            trouble.accept("cannot keep receipts: " + reason(e));
        }
    }

    private static String reason(UncheckedIOException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf((cause == null ? failure : cause).getMessage());
    }

    /** Receipts that came since the start. */
    synchronized long earned() {
        return receipts;
    }

    /** Receipts that the disk has not taken. */
    synchronized int unsaved() {
        return waiting.stream().mapToInt(earned -> earned.receipts().size()).sum();
    }
}
