package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.FaultyNetwork.Fault;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.audit.Anchor;
import io.pbts.protocol.audit.EpochVerifier;
import io.pbts.protocol.audit.SumProof;
import io.pbts.protocol.audit.Verdict;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is handed out for checking is what the contract has, in one part and in several. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProofTest extends ServiceOnAChain {
    private static final int RECEIVERS = 40;
    /** Fill the buffers between us and a caller, so that an answer has begun when it fails. */
    private static final int MANY = 400;

    @TempDir
    private Path folder;

    private long inParts;

    ProofTest() {
        super(
                "production",
                Map.of("pbts.settlement.accounts-per-transaction", 16, "pbts.settlement.enrolment-patience", "1s"));
    }

    @BeforeAll
    void start() {
        settleAFirst(1000);
        services.creditToMany("alice", "many", RECEIVERS, 7);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        inParts = service.query("select min(seq) from settlement where part = 2", Long.class) - 1;
    }

    @AfterAll
    void stop() {
        end();
    }

    @Test
    @Order(1)
    void aProofLeadsToTheRootInTheContract() {
        JsonNode alice = proof(1, "alice").body();
        assertThat(alice.get("up").asLong()).isEqualTo(1000);
        assertThat(alice.get("down").asLong()).isZero();
        assertThat(proven(alice).verifies(onChain(1))).isTrue();
        assertThat(proven(proof(1, "bob").body()).verifies(onChain(1))).isTrue();
        assertThat(alice.get("chain_id").asLong()).isEqualTo(Anvil.CHAIN_ID);
        assertThat(alice.get("contract").asString()).isEqualTo(contract().checksummed());
        assertThat(alice.get("root").asString()).isEqualTo(onChain(1).hex());
    }

    @Test
    @Order(2)
    void whatAllPartsAddToAnAccountIsWhatItsReceiptsGive() {
        long last = service.settlementLedger().lastSeq(At.LATEST);
        long sent = 0;
        for (long seq = inParts; seq <= last; seq++) {
            var answer = proof(seq, "alice");
            if (answer.status() == 200) {
                assertThat(proven(answer.body()).verifies(onChain(seq))).isTrue();
                sent += answer.body().get("up").asLong();
            }
        }
        assertThat(last).isGreaterThan(inParts);
        assertThat(sent).isEqualTo(7L * RECEIVERS);
    }

    @Test
    @Order(2)
    void aBatchLeadsToTheRootInTheContractAlsoOfAnEpochInParts() {
        var answer = service.post(
                "/internal/v1/batches/settled", "{\"batch_seqs\":[1,2,99]}", TestKeys.token("receipt", "contract"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("batches")).hasSize(2);
        for (JsonNode batch : answer.body().get("batches")) {
            Bytes32 rows = service.database()
                    .sql("select rows_root from credit_item where batch_seq = ?")
                    .param(batch.get("batch_seq").asLong())
                    .query((row, _) -> Bytes32.wrap(row.getBytes(1)))
                    .single();
            Bytes32 batchesRoot = new LogProof(
                            batch.get("index").asInt(), batch.get("size").asInt(), hashes(batch.get("path")))
                    .rootOver(rows)
                    .orElseThrow();
            EpochRoot root = EpochRoot.of(
                    batchesRoot, Bytes32.fromHexString(batch.get("sums_root").asString()));
            assertThat(root).isEqualTo(onChain(batch.get("seq").asLong()));
        }
        assertThat(service.post("/internal/v1/batches/settled", "{\"batch_seqs\":[1]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Order(3)
    void whatCannotBeProvenHasItsCode() {
        assertThat(code(service.get("/api/v1/chain/epochs/99/accounts/" + id("alice") + "/proof"), 404))
                .isEqualTo("unknown-epoch");
        assertThat(code(proof(1, "nobody"), 404)).isEqualTo("unknown-account");
        assertThat(code(service.get("/api/v1/chain/epochs/1/accounts/alice/proof"), 400))
                .isEqualTo("invalid-account");
    }

    @Test
    @Order(4)
    void theFileOfAnEpochIsIntactByTheContractAlsoOneInParts() throws IOException {
        for (long seq : List.of(1L, inParts, inParts + 1)) {
            HttpResponse<byte[]> answer = file(seq);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(verify(answer.body())).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
                assertThat(intact.anchored()).isTrue();
                assertThat(intact.header().seq()).isEqualTo(Math.min(seq, inParts));
            });
        }
        assertThat(file(inParts).body()).isEqualTo(file(inParts + 1).body());
        byte[] spoilt = file(inParts).body();
        spoilt[spoilt.length / 2] ^= 0x20;
        assertThat(verify(spoilt)).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> assertThat(
                        wrong.finding().offset())
                .isEqualTo(spoilt.length / 2));
    }

    @Test
    @Order(5)
    void onlyTheOperatorGetsAFile() {
        assertThat(service.get("/admin/v1/chain/epochs/1/file").status()).isEqualTo(401);
    }

    @Test
    @Order(6)
    void aFileThatCannotBeHadSaysWhy() throws IOException {
        assertThat(file(99).statusCode()).isEqualTo(404);
        services.away(true);
        HttpResponse<byte[]> away = file(1);
        services.away(false);
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    @Order(7)
    void whatIsNotOnTheChainYetIsNeitherProvenNorExported() throws IOException {
        network.fail(Fault.SENDING_LOST);
        services.credit("bob", "alice", 3);
        await().atMost(SOON)
                .until(() -> service.query(
                                "select count(*) from settlement where state not in ('mined', 'final')", Long.class)
                        == 1);
        long seq = service.query("select max(seq) from settlement", Long.class);
        assertThat(code(proof(seq, "bob"), 409)).isEqualTo("not-settled");
        assertThat(file(seq).statusCode()).isEqualTo(409);
        network.fail(Fault.NONE);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        assertThat(proven(proof(seq, "bob").body()).verifies(onChain(seq))).isTrue();
    }

    /** The second batch of an epoch is not what was settled: the caller has a part by then, and must not take it for the whole. */
    @Test
    @Order(8)
    void aFileThatCannotBeFinishedIsBrokenOff() throws IOException {
        service.close();
        settings.put("pbts.settlement.accounts-per-transaction", 4096);
        settings.put("pbts.settlement.gas-per-new-account", 25_000);
        settings.put("pbts.settlement.interval", "10s");
        service = RunningService.start(settings, "production");
        int before = service.query("select count(*) from credit_item", Integer.class);
        synchronized (services) { // both in one page of the feed
            services.creditToMany("bob", "crowd", MANY, 1);
            services.credit("bob", "alice", 3);
        }
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        long seq = service.query("select max(seq) from settlement where to_position > from_position", Long.class);
        assertThat(verify(file(seq).body())).isInstanceOf(Verdict.Intact.class);
        services.spoil(before + 2);
        assertThatThrownBy(() -> file(seq)).isInstanceOf(IOException.class);
    }

    private RunningService.Answer proof(long seq, String user) {
        return service.get("/api/v1/chain/epochs/%d/accounts/%s/proof".formatted(seq, id(user)));
    }

    private HttpResponse<byte[]> file(long seq) throws IOException {
        return service.download("/admin/v1/chain/epochs/%d/file".formatted(seq));
    }

    private Verdict verify(byte[] file) throws IOException {
        var anchor = new Anchor.Contract(
                Anvil.CHAIN_ID, contract(), seq -> service.settlementLedger().rootOf(seq, At.LATEST));
        return new EpochVerifier(anchor, Optional.empty()).verify(Files.write(folder.resolve("epoch"), file));
    }

    private EthereumAddress contract() {
        return service.identities().current().settlement().orElseThrow();
    }

    private EpochRoot onChain(long seq) {
        return new EpochRoot(service.settlementLedger().rootOf(seq, At.LATEST));
    }

    private static String id(String user) {
        return Services.account(user).hex();
    }

    private static String code(RunningService.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        return answer.body().get("code").asString();
    }

    private static SumProof proven(JsonNode proof) {
        return new SumProof(
                new AccountSum(
                        ChainAccount.fromHex(proof.get("chain_account").asString()),
                        proof.get("up").asLong(),
                        proof.get("down").asLong()),
                hashes(proof.get("path")),
                Bytes32.fromHexString(proof.get("batches_root").asString()));
    }

    private static List<Bytes32> hashes(JsonNode path) {
        return path.values().stream()
                .map(hash -> Bytes32.fromHexString(hash.asString()))
                .toList();
    }
}
