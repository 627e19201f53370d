package io.pbts.receipt.ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the partitions of the receipts' months before they begin, so that midnight needs nobody. */
@Component
class MonthsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(MonthsAhead.class);

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    MonthsAhead(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** A service that starts after months must not wait for its first day to end. */
    @EventListener(ApplicationStartedEvent.class)
    void prepareAtStart() {
        prepare();
    }

    @Scheduled(cron = "${pbts.ledger.months-cron:0 17 3 * * *}")
    void look() {
        try {
            prepare();
        } catch (DataAccessException failed) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(failed);
            LOG.warn("event=receipt_months_failed cause=\"{}\"", cause.toString());
        }
    }

    private void prepare() {
        int made = jdbc.sql("select prepare_receipt_months(:months)")
                .param("months", properties.monthsAhead())
                .query(Integer.class)
                .single();
        if (made > 0) {
            LOG.info("event=receipt_months_made count={}", made);
        }
    }
}
