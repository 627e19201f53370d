package io.pbts.announce.history;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.swarm.Tally;
import io.pbts.announce.torrent.RegisteredTorrents;
import io.pbts.support.FeedCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Keeps tallies for good: reads what is stored before the first client comes, then every three seconds adds what was counted
 * here and reads what other nodes added, and at the end adds the rest. Announces never wait for it.
 *
 * <p>A crash loses what was counted since the last time, three seconds at most. A batch whose commit was not answered is
 * added again, so a connection that breaks at that moment may count its downloads twice.
 */
class TallyKeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TallyKeeping.class);
    private static final int BATCH = 1000;

    /** Seconds by which the stored time of a seeder may lag behind, so that a seeder that stays is not written every time. */
    private static final long SEEDER_LAG = 600;

    private final TallyStore store;
    private final Tallies tallies;
    private final RegisteredTorrents registered;
    private FeedCursor cursor = FeedCursor.START;
    private boolean reachable = true;
    private volatile boolean running;

    TallyKeeping(TallyStore store, Tallies tallies, RegisteredTorrents registered) {
        this.store = store;
        this.tallies = tallies;
        this.registered = registered;
    }

    @Override
    public void start() {
        readChanges();
        running = true;
    }

    /** The listeners are closed by now. */
    @Override
    public void stop() {
        running = false;
        try {
            save(0);
        } catch (DataAccessException | CannotCreateTransactionException away) {
            LOG.warn(
                    "event=tallies_lost cause=\"{}\"",
                    away.getMostSpecificCause().getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the listeners, and after them at the end. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Scheduled(fixedDelay = 3000)
    void everyThreeSeconds() {
        if (!running) {
            return;
        }
        try {
            save(SEEDER_LAG);
            readChanges();
            report(true, "");
        } catch (DataAccessException | CannotCreateTransactionException away) {
            report(false, String.valueOf(away.getMostSpecificCause().getMessage()));
        }
    }

    private synchronized void readChanges() {
        cursor = store.changesAfter(cursor, row -> tallies.learn(row.swarm(), row.completed(), row.seederSecond()));
    }

    private synchronized void save(long seederLag) {
        List<TallyRow> rows = new ArrayList<>();
        tallies.forEach((swarm, tally) -> {
            if (registered.find(swarm) == null) {
                tallies.forget(swarm);
            } else if (tally.unsaved() > 0 || tally.seederUnsaved() > seederLag) {
                rows.add(new TallyRow(swarm, tally.unsaved(), tally.seederSeen()));
            }
        });
        for (int from = 0; from < rows.size(); from += BATCH) {
            saveBatch(rows.subList(from, Math.min(from + BATCH, rows.size())));
        }
    }

    private void saveBatch(List<TallyRow> batch) {
        Map<SwarmKey, TallyRow> stored = new HashMap<>();
        store.add(batch).forEach(row -> stored.put(row.swarm(), row));
        for (TallyRow added : batch) {
            TallyRow now = stored.get(added.swarm());
            Tally tally = tallies.find(added.swarm());
            if (now != null && tally != null) {
                tally.saved((int) added.completed(), added.seederSecond(), now.completed());
            }
        }
    }

    private void report(boolean reached, String cause) {
        if (reached != reachable) {
            reachable = reached;
            if (reached) {
                LOG.info("event=tallies_kept");
            } else {
                LOG.warn(
                        "event=tallies_waiting cause=\"{}\"",
                        cause.lines().findFirst().orElse(""));
            }
        }
    }
}
