package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.testing.network.FreePort;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a tracker settled is checked by somebody who has a file, the contract and this program. */
class AuditIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PIECE = 64 * 1024;

    private final Stack stack = LocalStack.get();
    private final Http gateway = stack.gateway();

    @TempDir
    private Path folder;

    @Test
    void anEpochAndAProofAreCheckedByTheContractAloneAndOneWrongByteIsNamed() throws IOException {
        Member giver = Member.register(gateway, "audit-giver");
        Member taker = Member.register(gateway, "audit-taker");
        Dataset data = Dataset.create(folder, "audit.bin", 16L * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(giver).expect(201);
        var honest = HonestReceipts.of(gateway, giver, taker, data);
        assertThat(Report.of(honest.report(gateway, List.of(honest.receipt(0), honest.receipt(1), original(honest, 2))))
                        .codes())
                .hasSize(3)
                .containsOnly("credited");
        assertThat(Report.of(aggregate(honest, 3, 4, 5)).codes()).hasSize(3).containsOnly("credited");

        String account = key(giver).chainAccount().hex();
        Map<Long, JsonNode> proofs =
                Await.until("all of it is settled", SOON, () -> proofs(account), found -> up(found) == 6L * PIECE);
        for (Map.Entry<Long, JsonNode> proof : proofs.entrySet()) {
            epochIsIntact(proof.getKey());
            proofIsIntact(proof.getValue());
        }
        long seq = proofs.keySet().iterator().next();
        oneWrongByteIsNamed(seq);
        aWrongSumIsWrong((ObjectNode) proofs.get(seq));
        aNodeThatIsAwayIsNoVerdict(seq);
        whatIsNotThereIs404(seq);
        aPartyHasTheWayFromEachReceiptToTheContract(giver);
        anAuditorReadsWhatTheOperatorLetsIt(giver, taker);
    }

    private void aPartyHasTheWayFromEachReceiptToTheContract(Member giver) {
        JsonNode batches = Session.open(gateway, giver)
                .ask("GET", "/api/v1/receipts", null)
                .expect(200)
                .json()
                .path("items");
        int proven = 0;
        for (JsonNode batch : batches) {
            JsonNode settlement = batch.path("settlement");
            for (JsonNode receipt : batch.path("receipts")) {
                Bytes32 rows = proof(receipt, batch.path("size").asInt())
                        .rootOver(hash(receipt, "row_hash"))
                        .orElseThrow();
                Bytes32 epoch = proof(settlement, settlement.path("size").asInt())
                        .rootOver(rows)
                        .orElseThrow();
                String root = Chain.of(stack)
                        .call("rootOf(uint64)(bytes32)", settlement.path("seq").asString())
                        .strip();
                assertThat(EpochRoot.of(epoch, hash(settlement, "sums_root")).bytes())
                        .isEqualTo(Bytes32.fromHexString(root));
                proven++;
            }
        }
        assertThat(proven).isEqualTo(6);
    }

    private void anAuditorReadsWhatTheOperatorLetsIt(Member giver, Member auditor) {
        Part part = Part.of(stack, "gateway");
        Http door = new Http(URI.create("http://127.0.0.1:" + part.setting("PBTS_ADMIN_PORT")));
        String key = door.ask(
                        "POST",
                        "/admin/v1/accounts/" + auditor.userId() + "/auditor-keys",
                        Session.bearer(part.secret("pbts.admin-key").strip()),
                        Map.of("name", "audit"))
                .expect(201)
                .json()
                .path("key")
                .asString();
        String question = "/api/v1/audit/receipts?user_id=" + giver.userId();
        JsonNode seen = gateway.ask("GET", question, Session.bearer(key), null)
                .expect(200)
                .json();
        assertThat(seen.path("items").findValues("row_hash")).hasSize(6);
        Session.open(gateway, auditor).ask("GET", question, null).expect(403);
        gateway.get(question).expect(401);
    }

    private static LogProof proof(JsonNode node, int size) {
        List<Bytes32> path = new ArrayList<>();
        node.path("path").forEach(hash -> path.add(Bytes32.fromHexString(hash.asString())));
        return new LogProof(node.path("index").asInt(), size, path);
    }

    private static Bytes32 hash(JsonNode node, String field) {
        return Bytes32.fromHexString(node.path(field).asString());
    }

    private void epochIsIntact(long seq) throws IOException {
        Shell.Outcome outcome = verifyEpoch(file(seq), stack.rpcUrl());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .startsWith("intact: settlement " + seq)
                .contains(", 0 rows without one that can be");
    }

    private void proofIsIntact(JsonNode proof) throws IOException {
        Shell.Outcome outcome = verifyProof(proof);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("adds %d bytes up".formatted(proof.path("up").asLong()));
    }

    private void oneWrongByteIsNamed(long seq) throws IOException {
        byte[] file = file(seq);
        int at = file.length / 2;
        file[at] ^= 0x04;
        Shell.Outcome outcome = verifyEpoch(file, stack.rpcUrl());
        assertThat(outcome.exitCode()).as(outcome.output()).isOne();
        assertThat(outcome.output()).startsWith("wrong: byte %d: ".formatted(at));
    }

    private void aWrongSumIsWrong(ObjectNode proof) throws IOException {
        proof.put("up", proof.path("up").asLong() + 1);
        Shell.Outcome outcome = verifyProof(proof);
        assertThat(outcome.exitCode()).as(outcome.output()).isOne();
        assertThat(outcome.output()).startsWith("wrong: account, sum, path and batches_root give root");
    }

    private void aNodeThatIsAwayIsNoVerdict(long seq) throws IOException {
        Shell.Outcome outcome = verifyEpoch(file(seq), "http://127.0.0.1:" + FreePort.next());
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(3);
    }

    private void whatIsNotThereIs404(long seq) {
        Http.Answer nobody = gateway.get(proofPath(seq, "ab".repeat(32)));
        assertThat(nobody.status() + " " + nobody.code()).isEqualTo("404 unknown-account");
        Http.Answer later = gateway.get(proofPath(1L << 40, "ab".repeat(32)));
        assertThat(later.status() + " " + later.code()).isEqualTo("404 unknown-epoch");
        assertThat(gateway.get(filePath(seq)).status()).as("at the public door").isEqualTo(404);
    }

    /** By number, the proofs of this account in all settlements. */
    private Map<Long, JsonNode> proofs(String account) {
        Map<Long, JsonNode> proofs = new TreeMap<>();
        for (JsonNode epoch :
                gateway.get("/api/v1/chain/epochs?limit=50").expect(200).json().path("epochs")) {
            long seq = epoch.path("seq").asLong();
            Http.Answer proof = gateway.get(proofPath(seq, account));
            if (proof.status() == 200) {
                proofs.put(seq, proof.json());
            }
        }
        return proofs;
    }

    private static long up(Map<Long, JsonNode> proofs) {
        return proofs.values().stream()
                .mapToLong(proof -> proof.path("up").asLong())
                .sum();
    }

    private byte[] file(long seq) {
        Part part = Part.of(stack, "gateway");
        Http door = new Http(URI.create("http://127.0.0.1:" + part.setting("PBTS_ADMIN_PORT")));
        return door.ask(
                        "GET",
                        filePath(seq),
                        Session.bearer(part.secret("pbts.admin-key").strip()),
                        null)
                .expect(200)
                .body();
    }

    private static String filePath(long seq) {
        return "/admin/v1/chain/epochs/%d/file".formatted(seq);
    }

    private static String proofPath(long seq, String account) {
        return "/api/v1/chain/epochs/%d/accounts/%s/proof".formatted(seq, account);
    }

    private Shell.Outcome verifyEpoch(byte[] file, String rpc) throws IOException {
        Path path = Files.write(folder.resolve("epoch"), file);
        return stack.pbts(
                PATIENCE,
                "verify-epoch",
                path.toString(),
                "--rpc",
                rpc,
                "--contract",
                Chain.of(stack).contract());
    }

    private Shell.Outcome verifyProof(JsonNode proof) throws IOException {
        Path path = Files.write(folder.resolve("proof.json"), Stack.JSON.writeValueAsBytes(proof));
        return stack.pbts(
                PATIENCE,
                "verify-proof",
                path.toString(),
                "--rpc",
                stack.rpcUrl(),
                "--contract",
                Chain.of(stack).contract());
    }

    private Map<String, Object> original(HonestReceipts honest, int piece) {
        Map<String, Object> receipt = honest.receipt(piece);
        var signed = new LegacyHttpReceipt(
                InfoHash.fromHex(honest.data().infoHash()),
                key(honest.sender()),
                key(honest.receiver()),
                new PieceIndex(piece),
                PieceHash.fromHex(honest.data().pieces().get(piece)),
                ((Number) receipt.get("timestamp")).longValue());
        receipt.remove("version");
        receipt.put(
                "signature",
                Bls.sign(honest.receiverKey(), signed.signedBytes()).bytes().toBase64String());
        return receipt;
    }

    /** One signature for all of them, in the form that names no version. */
    private Http.Answer aggregate(HonestReceipts honest, int... pieces) {
        List<Map<String, Object>> items = new ArrayList<>();
        List<BlsSignature> signatures = new ArrayList<>();
        long now = Report.now();
        for (int piece : pieces) {
            ReceiptV2 receipt = receipt(honest, piece, now);
            items.add(Map.of(
                    "info_hash", receipt.infoHash().hex(),
                    "sender", hex(receipt.sender().bytes()),
                    "receiver", hex(receipt.receiver().bytes()),
                    "piece_index", piece,
                    "piece_length", receipt.length().bytes(),
                    "piece_hash", receipt.pieceHash().hex(),
                    "signed_at", now));
            signatures.add(Bls.sign(honest.receiverKey(), receipt.signedBytes()));
        }
        return gateway.post(
                "/api/v1/reports",
                Map.of("Content-Type", "application/json", "X-PBTS-Passkey", honest.passkey()),
                Stack.JSON.writeValueAsBytes(Map.of(
                        "receipts",
                        items,
                        "aggregate_signature",
                        hex(Bls.aggregate(signatures).bytes()))));
    }

    private static ReceiptV2 receipt(HonestReceipts honest, int piece, long time) {
        return new ReceiptV2(
                honest.domain(),
                InfoHash.fromHex(honest.data().infoHash()),
                key(honest.sender()),
                key(honest.receiver()),
                new PieceIndex(piece),
                new PieceLength(honest.data().pieceLength()),
                PieceHash.fromHex(honest.data().pieces().get(piece)),
                time);
    }

    private static AccountKey.Bls key(Member member) {
        return new AccountKey.Bls(Bytes.wrap(Base64.getDecoder().decode(member.publicKey())));
    }

    private static String hex(Bytes bytes) {
        return bytes.toUnprefixedHexString();
    }
}
