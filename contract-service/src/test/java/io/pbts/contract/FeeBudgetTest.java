package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mode immediate is what spends fastest: each report is a transaction. */
class FeeBudgetTest extends ServiceOnAChain {
    FeeBudgetTest() {
        super("production", Map.of("pbts.settlement.mode", "immediate", "pbts.settlement.interval", "1h"));
    }

    @BeforeEach
    void start() {
        settleAFirst(1);
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void settlesEachReportByItselfAtOnceAndStopsWhenTheDaysBudgetIsSpent() {
        for (int report = 2; report <= 4; report++) {
            services.credit("alice", "bob", report);
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from settlement", Long.class)).isEqualTo(4);

        BigInteger paid = spent();
        assertThat(paid).isPositive();
        service.close();
        settings.put(
                "pbts.submission.daily-budget-ether",
                new java.math.BigDecimal(paid.add(BigInteger.ONE)).movePointLeft(18));
        service = RunningService.start(settings, "production");
        services.credit("alice", "bob", 5);
        await().atMost(SOON).until(() -> fees("exhausted").equals("true"));
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> !service.hasSettledAll(services) && spent().equals(paid));
        var pending = service.get("/api/v1/chain/transactions/pending").body().get("transactions");
        assertThat(pending).hasSize(1);
        assertThat(pending.get(0).get("state").asString()).isEqualTo("queued");
        assertThat(pending.get(0).get("nonce").isNull()).isTrue();

        // A day later the same budget has room again.
        service.database()
                .sql("update chain_transaction set mined_at = mined_at - interval '25 hours'")
                .update();
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(spent()).isLessThanOrEqualTo(paid);
    }

    private BigInteger spent() {
        return new BigInteger(fees("paid_wei"));
    }

    private String fees(String field) {
        return service.get("/api/v1/chain/status").body().get("fees").get(field).asString();
    }
}
