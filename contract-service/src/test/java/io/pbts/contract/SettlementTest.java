package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettlementTest {
    private static final Duration SOON = Duration.ofMinutes(4);

    private Anvil chain;
    private Services services;
    private TestPostgres database;
    private RunningService service;

    @BeforeAll
    void start() {
        chain = Anvil.start();
        services = new Services();
        database = Databases.fresh();
        Map<String, Object> settings = RunningService.settings(database, chain.url(), services);
        settings.put("pbts.settlement.items-per-epoch", 8);
        settings.put("pbts.settlement.enrolments-per-batch", 16);
        settings.put("pbts.settlement.enrolment-patience", "8s");
        service = RunningService.start(settings, "production");
    }

    @AfterAll
    void stop() {
        service.close();
        services.close();
        chain.close();
    }

    @AfterEach
    void chainHasWhatTheLedgerHas() {
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.identities().current().frozenReason()).isEmpty();
        assertThat(service.query("select count(*) from settlement", Long.class))
                .isEqualTo(service.settlementLedger().lastSeq(At.LATEST));
    }

    @Test
    @Order(1)
    void carriesCreditedBytesToTheChain() throws Exception {
        services.register("alice", 1024);
        services.register("bob", 16);
        services.credit("alice", "bob", 65_536);
        services.credit("bob", "alice", 1000);
        settled();

        Reputation.AccountState alice = account("alice");
        assertThat(alice.settledUp).isEqualTo(65_536);
        assertThat(alice.settledDown).isEqualTo(1000);
        assertThat(alice.creditMiB).isEqualTo(1024);
        assertThat(Bytes.wrap(service.wrapper()
                        .nameOf(Services.account("bob").bytes().toArray())
                        .send()))
                .isEqualTo(Services.nameHash("bob"));
    }

    @Test
    @Order(2)
    void putsTheRootOfBatchesAndSumsOnTheChain() {
        long before = service.settlementLedger().lastSeq(At.LATEST);
        services.register("carol", 0);
        settled();
        services.credit("carol", "alice", 7);
        settled();

        EpochRoot expected = EpochRoot.of(
                List.of(lastRowsRoot()),
                List.of(
                        new AccountSum(Services.account("carol"), 7, 0),
                        new AccountSum(Services.account("alice"), 0, 7)));
        assertThat(service.settlementLedger().rootOf(before + 1, At.LATEST)).isEqualTo(expected.bytes());
    }

    @Test
    @Order(3)
    void cutsABacklogIntoEpochsThatFollowEachOther() {
        long before = service.settlementLedger().lastSeq(At.LATEST);
        for (int i = 0; i < 20; i++) {
            services.credit("alice", "bob", 100 + i);
        }
        settled();

        assertThat(service.settlementLedger().lastSeq(At.LATEST) - before).isGreaterThanOrEqualTo(3);
        assertThat(service.query("select sum(to_position - from_position + 1) from settlement", Long.class))
                .isEqualTo(services.receipts());
    }

    @Test
    @Order(4)
    void tellsTheChainOfAGrantThatWasPendingWhenTheAccountWasEnrolled() throws Exception {
        services.register("wallet", 0);
        await().atMost(SOON)
                .until(() -> service.query(
                                "select count(*) from enrolment where user_id = 'wallet' and state = 'enrolled'",
                                Long.class)
                        == 1);
        assertThat(account("wallet").creditMiB).isZero();

        services.register("wallet", 1024);
        await().atMost(SOON).until(() -> account("wallet").creditMiB.intValueExact() == 1024);
    }

    @Test
    @Order(4)
    void setsAsideTheOneEnrolmentThatTheLedgerRefuses() throws Exception {
        services.register("dave", 1024);
        services.register("impostor", "dave", 1024);
        services.register("erin", 1024);
        await().atMost(SOON)
                .until(() -> service.query("select count(*) from enrolment where state = 'refused'", Long.class) == 1
                        && account("erin").creditMiB.intValueExact() == 1024);

        assertThat(service.query(
                        "select string_agg(refusal, ',') from enrolment where state = 'refused'", String.class))
                .startsWith("NameTaken(");
        assertThat(account("dave").creditMiB).isEqualTo(1024);
        assertThat(account("erin").creditMiB).isEqualTo(1024);
        services.credit("impostor", "erin", 5);
        settled();
        assertThat(account("impostor").settledUp).isEqualTo(5);
    }

    @Test
    @Order(5)
    void grantsACreditThatWasPending() throws Exception {
        services.register("carol", 512);
        await().atMost(SOON).until(() -> account("carol").creditMiB.intValueExact() == 512);
    }

    @Test
    @Order(6)
    void settlesAnAccountWithoutEnrolmentWhenPatienceEnds() throws Exception {
        services.credit("stranger", "bob", 11);
        settled();
        assertThat(account("stranger").settledUp).isEqualTo(11);
    }

    @Test
    @Order(7)
    void goesOnWhereItWasWhenTheFeedsComeBack() {
        services.away(true);
        services.credit("alice", "bob", 3);
        services.away(false);
        settled();
    }

    @Test
    @Order(8)
    void stopsSettlingWhileTheChainDiffersFromTheLedger() throws Exception {
        superuser("update contract.settlement set byte_count = byte_count + 1 where seq = 1");
        await().atMost(SOON)
                .until(() -> service.identities().current().frozenReason().isPresent());
        long before = service.settlementLedger().lastSeq(At.LATEST);
        services.credit("alice", "bob", 21);
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .until(() -> service.settlementLedger().lastSeq(At.LATEST) == before);

        superuser("update contract.settlement set byte_count = byte_count - 1 where seq = 1");
        settled();
    }

    @Test
    @Order(9)
    void stopsSettlingWhenAnAccountHasSomethingElseOnTheChain() throws Exception {
        superuser("update contract.credit_delta set up = up + 1, down = down + 1");
        await().atMost(SOON)
                .until(() -> service.identities().current().frozenReason().isPresent());
        assertThat(service.identities().current().frozenReason().orElseThrow())
                .contains("account ", " up and ", " on the ledger, we have ");

        superuser("update contract.credit_delta set up = up - 1, down = down - 1");
        await().pollDelay(Duration.ofSeconds(2)).atMost(SOON).until(() -> true); // a comparison may be under way
        superuser("update contract.chain_identity set frozen_reason = null, frozen_account = null");
        services.credit("alice", "bob", 22);
        settled();
    }

    private void settled() {
        await().atMost(SOON).until(() -> service.hasSettledAll(services));
    }

    private Reputation.AccountState account(String userId) throws Exception {
        return service.wrapper()
                .getAccount(Services.account(userId).bytes().toArray())
                .send();
    }

    private Bytes32 lastRowsRoot() {
        return Bytes32.wrap(
                service.query("select rows_root from credit_item order by position desc limit 1", byte[].class));
    }

    private void superuser(String sql) throws Exception {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
