package io.pbts.reputation.standing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The policy's one row: written at start, read by whoever judges. */
@Repository
public class Policies implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PolicyProperties settings;

    Policies(JdbcClient jdbc, TransactionTemplate transaction, PolicyProperties settings) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Every standing goes through the feed again when the policy changes, which outlasts the limits of a request. */
    @Override
    public void afterPropertiesSet() {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("set local statement_timeout = '5min'").update();
            jdbc.sql("set local lock_timeout = '1min'").update();
            boolean changed = jdbc.sql("select set_policy(:ratio, :overdraft, :basis)")
                    .param("ratio", settings.minRatio())
                    .param("overdraft", settings.overdraftBytes())
                    .param("basis", settings.basis().stored())
                    .query(Boolean.class)
                    .single();
            if (changed) {
                LOG.info(
                        "event=policy_set min_ratio={} overdraft_bytes={} basis={}",
                        settings.minRatio(),
                        settings.overdraftBytes(),
                        settings.basis().stored());
            }
        });
    }

    public Policy current() {
        return jdbc.sql("select min_ratio, overdraft_bytes from policy")
                .query((row, _) -> new Policy(row.getBigDecimal("min_ratio"), row.getLong("overdraft_bytes")))
                .single();
    }
}
