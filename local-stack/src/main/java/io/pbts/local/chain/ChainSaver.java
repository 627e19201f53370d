package io.pbts.local.chain;

import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Saves the chain soon after a block held a transaction, and only then: what a kill loses is what came after the last save,
 * and empty blocks are not worth a write. Asked several times a second, as blocks come each second.
 */
public final class ChainSaver implements Runnable {
    private static final Duration POLL = Duration.ofMillis(250);
    /** A long chain takes longer to dump: never more than a tenth of the time goes into saving. */
    private static final int REST_PER_SAVE = 10;

    private static final int MOST_BLOCKS_PER_LOOK = 64;

    private final JsonRpc rpc;
    private final ChainFile file;
    private final AtomicLong seen;
    private final AtomicLong saved;

    ChainSaver(JsonRpc rpc, ChainFile file, long head) {
        this.rpc = rpc;
        this.file = file;
        this.seen = new AtomicLong(head);
        this.saved = new AtomicLong(head);
    }

    /** Runs until its thread is interrupted or the chain is gone (whose end is reported by whoever watches the process). */
    @Override
    public void run() {
        Duration rest = POLL;
        while (Waiting.pause(rest)) {
            try {
                long start = System.nanoTime();
                boolean wrote = saveIfWorthIt();
                var took = Duration.ofNanos(System.nanoTime() - start);
                rest = wrote && took.multipliedBy(REST_PER_SAVE).compareTo(POLL) > 0
                        ? took.multipliedBy(REST_PER_SAVE)
                        : POLL;
            } catch (IOException e) {
                rest = POLL.multipliedBy(4); // busy or gone
            }
        }
    }

    /** Whether it saved. */
    synchronized boolean saveIfWorthIt() throws IOException {
        long head = rpc.quantity("eth_blockNumber");
        boolean worthIt = head < seen.get() || head > seen.get() + MOST_BLOCKS_PER_LOOK; // set back, or made in bulk
        for (long block = seen.get() + 1; block <= head && !worthIt; block++) {
            worthIt = rpc.quantity("eth_getBlockTransactionCountByNumber", "0x" + Long.toHexString(block)) > 0;
        }
        if (worthIt) {
            file.save(rpc);
            saved.set(head);
        }
        seen.set(head);
        return worthIt;
    }

    /** The last save before a clean stop, empty blocks included. Returns the block that is on disk. */
    public synchronized long saveForGood() throws IOException {
        long head = rpc.quantity("eth_blockNumber");
        if (head > saved.get()) {
            file.save(rpc);
            saved.set(head);
        }
        return saved.get();
    }
}
