package io.pbts.announce.wallet;

import io.pbts.support.FeedCursor;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Keeps the bindings in memory as the table has them: all of them before the first client comes, then each second what other
 * nodes changed; ends those that announces contested, and deletes what is over.
 */
class WalletKeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WalletKeeping.class);

    private final PeerBindings bindings;
    private final BoundPeers bound;
    private final WalletSwarms swarms;
    private FeedCursor cursor = FeedCursor.START;
    private boolean reachable = true;
    private volatile boolean running;

    WalletKeeping(PeerBindings bindings, BoundPeers bound, WalletSwarms swarms) {
        this.bindings = bindings;
        this.bound = bound;
        this.swarms = swarms;
    }

    @Override
    public void start() {
        readChanges();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the listeners. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Scheduled(fixedDelay = 1000)
    void everySecond() {
        if (running) {
            attempt(() -> {
                endContested();
                readChanges();
                bound.expire();
            });
        }
    }

    @Scheduled(fixedDelay = 10_000)
    void everyTenSeconds() {
        if (running) {
            attempt(() -> {
                bindings.purge();
                swarms.purge();
            });
        }
    }

    private void endContested() {
        for (var next = bound.nextContested(); next.isPresent(); next = bound.nextContested()) {
            bindings.end(next.get());
            bound.settled(next.get());
            LOG.info("event=peer_binding_contested account={}", next.get().account());
        }
    }

    private synchronized void readChanges() {
        List<PeerBindings.Change> page;
        do {
            page = bindings.changesAfter(cursor);
            for (var change : page) {
                bound.apply(change.binding());
                cursor = change.position();
            }
        } while (!page.isEmpty());
    }

    private void attempt(Runnable work) {
        try {
            work.run();
            if (!reachable) {
                LOG.info("event=peer_bindings_fresh");
                reachable = true;
            }
        } catch (DataAccessException | CannotCreateTransactionException away) {
            if (reachable) {
                LOG.warn(
                        "event=peer_bindings_stale cause=\"{}\"",
                        away.getMostSpecificCause().getMessage());
                reachable = false;
            }
        }
    }
}
