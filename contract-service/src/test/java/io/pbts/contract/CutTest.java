package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * T-48 on this side of the feed: a copy of credits stays open across a cut. Its rows come with a later epoch and not never,
 * and no epoch skips them. (receipt-service has the test of the feed itself.)
 */
class CutTest extends ServiceOnAChain {
    CutTest() {
        super("production", Map.of());
    }

    @BeforeEach
    void start() {
        settleAFirst(1000);
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void losesNoBatchOfACopyThatWasOpenAcrossACut() throws Exception {
        try (Connection open = database.connect("contract_app");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            // What the copy does first: the feed's cursor. Everything behind it waits for this transaction.
            statement.execute("update contract.feed_cursor set cursor = cursor where feed = 'credits'");
            services.credit("alice", "bob", 7);
            services.credit("bob", "alice", 8);
            long settled = service.query("select max(to_position) from settlement", Long.class);
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> service.query("select max(to_position) from settlement", Long.class) == settled);
            open.rollback();
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        everyPositionIsInOneEpoch();
    }

    @Test
    void anEpochEndsBeforeAPositionThatIsNotThereYet() throws Exception {
        try (Connection open = database.connect("contract_app");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("""
                    insert into contract.credit_item (batch_seq, position, receipt_count, rows_root, pulled_at)
                    select 1000000, max(position) + 1, 1, decode(repeat('07', 32), 'hex'), now() from contract.credit_item
                    """);
            services.credit("alice", "bob", 9);
            // The copy wants the position that the open transaction has, and waits for what becomes of it.
            await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> !service.hasSettledAll(services));
            open.rollback();
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        everyPositionIsInOneEpoch();
    }

    @Test
    void noTwoEpochsCanHaveAPosition() {
        assertThatThrownBy(() -> service.database().sql("""
                                insert into settlement (seq, root, previous_position, previous_part, from_position,
                                    to_position, receipt_count, byte_count, submission_id, state, planned_at)
                                select seq + 1, root, to_position, part, to_position, to_position + 1, 1, 1, submission_id,
                                    'planned', planned_at
                                from settlement order by seq desc limit 1""").update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private void everyPositionIsInOneEpoch() {
        assertThat(service.query("select count(*) from credit_item", Long.class))
                .isEqualTo(services.receipts());
        assertThat(service.query("""
                        select count(*) from credit_item i where 1 <> (select count(*) from settlement s
                            where i.position between s.from_position and s.to_position)""", Long.class)).isZero();
        assertThat(service.query("select max(position) = count(*) from credit_item", Boolean.class))
                .isTrue();
    }
}
