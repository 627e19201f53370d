package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.RunningService.Answer;
import io.pbts.contract.chain.At;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The settlement contract changes while credits come in, and through restarts; every byte is settled once, somewhere. */
class SuccessionTest extends ServiceOnAChain {
    private static final String ROUTE = "/api/v1/chain/successor";
    private static final TestToken ADMIN = TestKeys.token("gateway", "contract").asAdmin();

    private EthereumAddress first;

    SuccessionTest() {
        super("production", Map.of());
    }

    @BeforeEach
    void start() {
        settleAFirst(1000);
        first = service.identities().current().settlement().orElseThrow();
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void everyByteIsSettledOnceInTheOldLedgerOrInTheNewOne() {
        assertThat(service.post(ROUTE, "{}").status()).as("not the operator").isEqualTo(401);
        refusesWhatDoesNotFit();
        services.credit("bob", "alice", 10);
        Answer asked = service.post(ROUTE, "{}", ADMIN);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().path("state").asString()).isEqualTo("creating");
        assertThat(service.post(ROUTE, "{}", ADMIN).status()).as("again").isEqualTo(202);
        Answer migrating = service.post("/migrate", "{}", ADMIN);
        assertThat(migrating.status()).as("the variant's word for it").isIn(200, 202);
        assertThat(migrating.body().path("oldContract").asString()).isEqualTo(first.checksummed());
        restart();
        services.register("carol", 1024);
        services.credit("carol", "bob", 7);
        restart();

        EthereumAddress second = awaitSuccessorOf(first);
        services.credit("alice", "carol", 500);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));

        LedgerContract old = service.ledger(first);
        LedgerContract now = service.settlementLedger();
        assertThat(now.referrer()).isEqualTo(first);
        assertThat(now.owner().checksummed()).isEqualTo(service.settler());
        assertThat(now.totals(At.LATEST).settledUp()).isPositive();
        for (String user : List.of("alice", "bob", "carol")) {
            var account = now.account(Services.account(user), At.LATEST);
            assertThat(account.source()).as(user).isEqualTo(Source.LOCAL);
            assertThat(account.settledUp().longValueExact()).as(user).isEqualTo(services.up(user));
            assertThat(account.settledDown().longValueExact()).as(user).isEqualTo(services.down(user));
        }
        assertThat(now.keyAt(Services.account("bob"), 0)).isEqualTo(Services.firstKey("bob"));
        assertThat(old.lastSeq(At.LATEST) + now.lastSeq(At.LATEST))
                .isEqualTo(service.query("select count(*) from settlement", Long.class));

        assertThat(service.get("/contract/status")
                        .body()
                        .path("settlement_address")
                        .asString())
                .isEqualTo(second.checksummed());
        var chainFacts = service.get("/internal/v1/chain").body();
        assertThat(chainFacts.path("settlement_address").asString()).isEqualTo(second.checksummed());
        assertThat(chainFacts.at("/earlier/0/settlement_address").asString()).isEqualTo(first.checksummed());
        assertThat(chainFacts.at("/earlier/0/left_at").asLong()).isPositive();
        var newest = service.get("/api/v1/chain/epochs").body().at("/epochs/0");
        assertThat(newest.path("contract").asString()).isEqualTo(second.checksummed());
        assertThat(newest.path("contract_seq").asLong()).isEqualTo(now.lastSeq(At.LATEST));
        proofOfAlicesSumNames(first, 1, old);
        proofOfAlicesSumNames(second, newest.path("seq").asLong(), now);
        assertThat(service.post(ROUTE, "{\"address\":\"%s\"}".formatted(second.checksummed()), ADMIN)
                        .status())
                .as("it is done")
                .isEqualTo(200);
        theVariantsMigrationIsTheSame(second);
        nothingIsAskedOf(first);
        settings.put("pbts.settlement.reconcile-interval", "200ms");
        settings.put("pbts.chain.settlement-address", first.checksummed()); // as it was configured before
        restart();
        await().pollDelay(Duration.ofSeconds(2)).atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(service.identities().current().frozenReason()).isEmpty();
    }

    private void theVariantsMigrationIsTheSame(EthereumAddress second) {
        String body = "{\"oldContract\":\"%s\"}".formatted(first.checksummed());
        assertThat(service.post("/migrate", body).status())
                .as("not the operator")
                .isEqualTo(401);
        Answer done = service.post("/migrate", body, ADMIN);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body().propertyNames()).containsExactly("success", "oldContract", "newContract", "message");
        assertThat(done.body().path("oldContract").asString()).isEqualTo(first.checksummed());
        assertThat(done.body().path("newContract").asString()).isEqualTo(second.checksummed());
        String strange = "{\"oldContract\":\"0x00000000000000000000000000000000000000aa\"}";
        assertThat(service.post("/migrate", strange, ADMIN).status()).isEqualTo(409);
        Answer malformed = service.post("/migrate", "{\"oldContract\":\"nowhere\"}", ADMIN);
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body().path("error").asString()).isEqualTo("Invalid Ethereum address");
    }

    private void refusesWhatDoesNotFit() {
        assertRefused(409, "unfit-successor", "{\"address\":\"%s\"}".formatted(first.checksummed()));
        assertRefused(409, "unfit-successor", "{\"address\":\"0x00000000000000000000000000000000000000aa\"}");
        assertRefused(400, "invalid-address", "{\"address\":\"nowhere\"}");
        service.database()
                .sql("update chain_identity set frozen_reason = 'a test'")
                .update();
        assertRefused(409, "settlement-frozen", "{}");
        service.database().sql("update chain_identity set frozen_reason = null").update();
    }

    /** A proof is checked against the ledger that it names, by that ledger's own number, whichever one is in use by now. */
    private void proofOfAlicesSumNames(EthereumAddress contract, long seq, LedgerContract ledger) {
        var proof = service.get("/api/v1/chain/epochs/%d/accounts/%s/proof"
                        .formatted(seq, Services.account("alice").hex()))
                .body();
        assertThat(proof.path("contract").asString()).isEqualTo(contract.checksummed());
        assertThat(proof.path("root").asString())
                .isEqualTo(ledger.rootOf(proof.path("seq").asLong(), At.LATEST).toUnprefixedHexString());
    }

    private void nothingIsAskedOf(EthereumAddress left) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> service.database()
                        .sql("""
                                insert into submission (purpose, destination, payload, asked_at)
                                values ('settle', :left, '\\x00', now())""")
                        .param("left", left.bytes().toArray())
                        .update())
                .withMessageContaining("was left");
    }

    private void assertRefused(int status, String code, String body) {
        Answer answer = service.post(ROUTE, body, ADMIN);
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    private EthereumAddress awaitSuccessorOf(EthereumAddress ledger) {
        await().atMost(SOON).until(() -> !service.identities()
                .current()
                .settlement()
                .orElseThrow()
                .equals(ledger));
        return service.identities().current().settlement().orElseThrow();
    }

    private void restart() {
        service.close();
        service = RunningService.start(settings, "production");
    }
}
