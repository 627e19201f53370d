package io.pbts.announce.accounting;

import io.pbts.announce.accounting.LedgerClient.Batch;
import io.pbts.announce.admission.LifelongThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Tells reputation-service what accounts announced, every few seconds and at the end. A batch keeps its id until it was
 * answered, so that one whose answer was lost counts once. While nobody answers, new deltas are merged where they arise.
 */
final class AnnouncedFlush extends LifelongThread {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncedFlush.class);

    private final AccountDeltas deltas;
    private final LedgerClient ledger;
    private final Supplier<UUID> ids;
    private final AccountingProperties properties;
    private final Queue<Batch> unanswered = new ArrayDeque<>();
    private boolean reachable = true;

    AnnouncedFlush(AccountDeltas deltas, LedgerClient ledger, Supplier<UUID> ids, AccountingProperties properties) {
        super("announced-flush");
        this.deltas = deltas;
        this.ledger = ledger;
        this.ids = ids;
        this.properties = properties;
    }

    @Override
    protected void work() throws InterruptedException {
        Duration pause = properties.flush();
        while (isRunning()) {
            Thread.sleep(pause);
            flush();
        }
    }

    /** After the listeners: nothing more will come. */
    @Override
    public void stop() {
        super.stop();
        flush(); // what was being told
        flush(); // what came since
    }

    /** Sends what there is, as far as it is answered. */
    synchronized void flush() {
        if (unanswered.isEmpty()) {
            cut(deltas.drain());
        }
        while (!unanswered.isEmpty() && isCounted(unanswered.element())) {
            unanswered.remove();
        }
    }

    private void cut(List<AccountDeltas.Delta> all) {
        for (int from = 0; from < all.size(); from += properties.maxEntries()) {
            int to = Math.min(all.size(), from + properties.maxEntries());
            unanswered.add(new Batch(ids.get().toString(), List.copyOf(all.subList(from, to))));
        }
    }

    private boolean isCounted(Batch batch) {
        try {
            var _ = ledger.announced(batch);
            report(true, "");
            return true;
        } catch (HttpClientErrorException.BadRequest ours) {
            LOG.error(
                    "event=announced_batch_refused batch={} entries={}",
                    batch.batchId(),
                    batch.entries().size(),
                    ours);
            return true;
        } catch (RuntimeException away) {
            report(false, away.toString());
            return false;
        }
    }

    private void report(boolean reached, String cause) {
        if (reached != reachable) {
            reachable = reached;
            if (reached) {
                LOG.info("event=announced_told");
            } else {
                LOG.warn("event=announced_kept cause=\"{}\"", cause);
            }
        }
    }
}
