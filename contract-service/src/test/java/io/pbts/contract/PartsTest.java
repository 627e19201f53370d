package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.contract.testing.Services;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A report of more accounts than one transaction carries: its parts follow each other, and all of it is settled once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartsTest extends ServiceOnAChain {
    private static final int RECEIVERS = 40;

    PartsTest() {
        super(
                "production",
                Map.of("pbts.settlement.accounts-per-transaction", 16, "pbts.settlement.enrolment-patience", "1s"));
    }

    @BeforeAll
    void start() {
        settleAFirst(1000);
    }

    @AfterAll
    void stop() {
        end();
    }

    @Test
    @Order(1)
    void settlesALargeReportInPartsAlsoWhenTheProcessEndsBetweenThem() throws Exception {
        long before = service.settlementLedger().lastSeq(At.LATEST);
        services.creditToMany("alice", "many", RECEIVERS, 7);
        services.credit("bob", "alice", 3);
        await().atMost(SOON).until(() -> service.settlementLedger().lastSeq(At.LATEST) > before);
        network.fail(Fault.SENDING_LOST);
        service.close();
        service = RunningService.start(settings, "production");
        network.fail(Fault.NONE);

        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select max(part) from settlement", Integer.class))
                .isEqualTo(3);
        assertThat(service.query("select max(account_count) from settlement", Integer.class))
                .isLessThanOrEqualTo(16);
        assertThat(service.query("select sum(receipt_count) from settlement", Long.class))
                .isEqualTo(services.receipts());
        assertThat(service.identities().current().frozenReason()).isEmpty();
        for (String user : List.of("alice", "bob", "many0", "many" + (RECEIVERS - 1))) {
            var account = service.wrapper()
                    .getAccount(Services.account(user).bytes().toArray())
                    .send();
            assertThat(account.settledUp.longValueExact()).as(user).isEqualTo(services.up(user));
            assertThat(account.settledDown.longValueExact()).as(user).isEqualTo(services.down(user));
        }
    }

    @Test
    @Order(2)
    void cutsWhatWasRefusedForItsSizeUntilItIsTaken() {
        service.close();
        settings.put("pbts.settlement.accounts-per-transaction", 4096);
        settings.put("pbts.submission.max-gas", 600_000);
        service = RunningService.start(settings, "production");
        services.creditToMany("bob", "more", RECEIVERS, 5);

        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from submission where failure_code = 'TooMuchGas'", Long.class))
                .isPositive();
        assertThat(service.identities().current().frozenReason()).isEmpty();
        assertThat(service.query("select count(*) from settlement", Long.class))
                .isEqualTo(service.settlementLedger().lastSeq(At.LATEST));
    }

    @Test
    @Order(3)
    void cutsWhatTheNodeSaysNoBlockCanHold() {
        service.close();
        settings.remove("pbts.submission.max-gas");
        settings.put("pbts.settlement.gas-per-new-account", 1000);
        service = RunningService.start(settings, "production");
        services.creditToMany("bob", "lots", 2000, 3);

        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.query("select count(*) from submission where failure_code = 'Reverted'", Long.class))
                .as("out of gas behind a clone is a revert without a word; asked in halves, not for ever")
                .isBetween(1L, 16L);
        assertThat(service.identities().current().frozenReason()).isEmpty();
    }

    @Test
    @Order(4)
    void noPartAndNoEpochIsFollowedTwice() {
        for (String second : List.of(
                "select max(seq) + 1, root, previous_position, previous_part, from_position, to_position, part, complete",
                "select max(seq) + 1, root, to_position, part, to_position, to_position, part + 1, true")) {
            assertThatThrownBy(
                            () -> service.database().sql("""
                                    insert into settlement (seq, root, previous_position, previous_part, from_position,
                                        to_position, part, complete, receipt_count, byte_count, submission_id, state,
                                        planned_at)
                                    %s, receipt_count, byte_count, submission_id, 'planned', planned_at
                                    from settlement where seq > 1
                                    group by seq order by seq limit 1""".formatted(second)).update())
                    .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
        }
    }
}
