package io.pbts.receipt.ledger;

import io.pbts.support.FactUnavailable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Releases held receipts, first in first out per receiver, one transaction per receiver: after each commit those of whoever
 * has just earned, and every second those of some receivers in turn, because a grant or a new policy releases too.
 */
@Component
class HeldReleases implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(HeldReleases.class);

    private final LedgerTransactions transactions;
    private final HeldRows held;
    private final Crediting crediting;
    private final LedgerProperties properties;
    private final ThreadPoolExecutor worker;
    private long lastReceiver;

    HeldReleases(LedgerTransactions transactions, HeldRows held, Crediting crediting, LedgerProperties properties) {
        this.transactions = transactions;
        this.held = held;
        this.crediting = crediting;
        this.properties = properties;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.releaseQueue()),
                Thread.ofVirtual().name("held-releases").factory(),
                new ThreadPoolExecutor.DiscardPolicy()); // the next look finds what was not followed at once
    }

    /** These accounts have just earned: whatever is held of them may come free. */
    void wake(Set<Long> earners) {
        if (!earners.isEmpty()) {
            worker.execute(() -> releaseAll(() -> held.receiversAmong(earners)));
        }
    }

    @Scheduled(fixedDelayString = "${pbts.ledger.release-every:1s}")
    void look() {
        worker.execute(() -> releaseAll(this::nextReceivers));
    }

    /** Releases what one receiver may have by now. Returns the number of receipts. */
    int release(long receiver) {
        int released = 0;
        int now;
        do {
            now = transactions.run(() -> crediting.release(receiver, properties.releaseReceipts()));
            released += now;
        } while (now == properties.releaseReceipts());
        return released;
    }

    private List<Long> nextReceivers() {
        List<Long> receivers = held.receiversAfter(lastReceiver, properties.releaseReceivers());
        lastReceiver = receivers.size() < properties.releaseReceivers() ? 0 : receivers.getLast();
        return receivers;
    }

    private void releaseAll(Supplier<List<Long>> receivers) {
        quietly(() -> receivers.get().forEach(receiver -> quietly(() -> releaseAndSay(receiver))));
    }

    private void releaseAndSay(long receiver) {
        int released = release(receiver);
        if (released > 0) {
            LOG.info("event=held_released account={} receipts={}", receiver, released);
        }
    }

    /** A release that fails is tried again at the next look; nothing was lost. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException | TransactionException | FactUnavailable failed) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(failed);
            LOG.warn("event=held_release_failed cause=\"{}\"", cause.toString());
        }
    }

    @Override
    public void destroy() {
        worker.shutdown();
    }
}
