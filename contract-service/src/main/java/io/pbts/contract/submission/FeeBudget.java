package io.pbts.contract.submission;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.SettlerKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the settler may spend in a day. Counted is what was paid in the last 24 hours and what everything that is signed and
 * not mined may come to cost, so that nothing is signed whose price would pass the budget if all of it were mined now.
 * Bytes that were signed before are sent again whatever the budget says: their price was counted then.
 */
@Component
public class FeeBudget {
    private static final Logger LOG = LoggerFactory.getLogger(FeeBudget.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final BigDecimal WEI_PER_ETHER = BigDecimal.TEN.pow(18);
    private static final String SPENDING = """
            select coalesce(sum(paid_wei) filter (where mined_at > :since), 0) as paid,
                coalesce(sum(gas_limit::numeric * max_fee) filter (where state = 'submitted'), 0) as promised
            from chain_transaction
            where sender = :sender and (state = 'submitted' or mined_at > :since)""";

    /**
     * In wei.
     *
     * @param paid by transactions that were mined in the last 24 hours
     * @param promised what those that wait cost at most
     * @param budget for 24 hours
     */
    public record Spending(BigInteger paid, BigInteger promised, BigInteger budget) {
        public BigInteger left() {
            return budget.subtract(paid).subtract(promised).max(BigInteger.ZERO);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;
    private final byte[] sender;
    private final BigInteger budget;
    private volatile boolean exhausted;

    FeeBudget(
            JdbcClient jdbc, Clock clock, SettlerKey settler, ChainProperties chain, SubmissionProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.sender = settler.address().bytes().toArray();
        this.budget = properties
                .dailyBudgetEther(chain.isDevChain())
                .multiply(WEI_PER_ETHER)
                .toBigInteger();
    }

    public Spending spending() {
        Instant since = clock.instant().minus(DAY);
        return jdbc.sql(SPENDING)
                .param("sender", sender)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Spending(
                        row.getBigDecimal("paid").toBigIntegerExact(),
                        row.getBigDecimal("promised").toBigIntegerExact(),
                        budget))
                .single();
    }

    /** Whether something could not be signed for want of money when that was last tried. */
    public boolean isExhausted() {
        return exhausted;
    }

    /** Whether a transaction may be signed that costs this much more than what is promised already. */
    boolean allows(long gas, long weiPerGas) {
        BigInteger price = BigInteger.valueOf(gas).multiply(BigInteger.valueOf(weiPerGas));
        Spending now = spending();
        boolean allowed = price.compareTo(now.left()) <= 0;
        if (!allowed && !exhausted) {
            LOG.warn(
                    "event=fee_budget_exhausted price_wei={} paid_wei={} promised_wei={} budget_wei={}",
                    price,
                    now.paid(),
                    now.promised(),
                    now.budget());
        }
        exhausted = !allowed;
        return allowed;
    }
}
