package io.pbts.reputation.purge;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Each minute, in bounded batches; replicas may do it at once. */
@Component
class ExpiredRows {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRows.class);
    private static final int MOST_BATCHES = 100;

    private final List<Perishable> perishables;

    ExpiredRows(List<Perishable> perishables) {
        this.perishables = List.copyOf(perishables);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void purge() {
        perishables.forEach(ExpiredRows::purge);
    }

    private static void purge(Perishable perishable) {
        try {
            for (int batch = 0; batch < MOST_BATCHES && perishable.purge(); batch++) {
                LOG.debug("event=purged_batch of={}", perishable.getClass().getSimpleName());
            }
        } catch (DataAccessException later) {
            LOG.warn("event=purge_failed cause=\"{}\"", later.getClass().getSimpleName());
        }
    }
}
