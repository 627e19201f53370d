package io.pbts.announce.admission;

import io.pbts.support.Feed;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Reads what changed at reputation-service: when woken, and each second whether woken or not. NOTIFY may get lost with its
 * connection; a cursor does not.
 */
final class StandingFeed extends LifelongThread {
    private static final Logger LOG = LoggerFactory.getLogger(StandingFeed.class);

    private final ReputationClient reputation;
    private final StandingCache standings;
    private final InstanceId instance;
    private final AdmissionProperties properties;
    private final Semaphore wakeUps = new Semaphore(0);
    private String cursor = "";
    private boolean reachable = true;

    StandingFeed(
            ReputationClient reputation, StandingCache standings, InstanceId instance, AdmissionProperties properties) {
        super("standing-feed");
        this.reputation = reputation;
        this.standings = standings;
        this.instance = instance;
        this.properties = properties;
    }

    /** Something changed: read now. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Returns when everything there is has been read, or reputation-service turned out to be away. */
    @Override
    public void start() {
        readChanges();
        super.start();
    }

    @Override
    protected void work() throws InterruptedException {
        while (isRunning()) {
            readChanges();
            if (wakeUps.tryAcquire(properties.refresh().toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        }
    }

    private void readChanges() {
        try {
            for (boolean more = true; more; ) {
                Feed<ReputationClient.StandingFact> page = reputation.standings(cursor, properties.pageSize());
                page.items().forEach(item -> standings.apply(item.toStanding(properties.warnBelow())));
                cursor = page.cursor();
                more = page.more();
            }
            if (instance.hex().isEmpty()) {
                instance.learn(reputation.instance().instanceId());
            }
            report(true, Optional.empty());
        } catch (HttpClientErrorException.BadRequest unknownCursor) {
            LOG.warn("event=standing_cursor_refused");
            cursor = "";
        } catch (RuntimeException away) {
            report(false, Optional.of(away));
        }
    }

    private void report(boolean reached, Optional<Exception> cause) {
        if (reached != reachable) {
            reachable = reached;
            if (reached) {
                LOG.info("event=standings_fresh");
            } else {
                LOG.warn(
                        "event=standings_stale cause=\"{}\"",
                        cause.map(Exception::toString).orElse(""));
            }
        }
    }
}
