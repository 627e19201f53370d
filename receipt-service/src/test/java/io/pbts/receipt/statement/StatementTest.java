package io.pbts.receipt.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.Registered;
import io.pbts.receipt.testing.World;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a party and an auditor see of credited receipts, and what it is good for. */
class StatementTest extends ProductionTracker {
    private static final String OWN = "/api/v1/receipts";
    private static final String ANYBODYS = "/api/v1/audit/receipts";

    @Test
    void aPartySeesItsReceiptsWithTheWayToTheBatch() {
        Peer other = NEIGHBOURS.add(WORLD.peer(World.GIB));
        Reply posted = report(
                sender, draft(0).v2(), Draft.of(sender, other, TORRENT.v1(), 1).v2(), draft(2).v2());
        assertThat(posted.codes()).containsOnly("credited");
        for (Registered party : List.of(sender, receiver)) {
            JsonNode batches = as(party).get(OWN).json().path("items");
            assertThat(batches).hasSize(1);
            JsonNode batch = batches.get(0);
            assertThat(batch.path("size").asInt()).isEqualTo(3);
            assertThat(batch.get("settlement").isNull()).isTrue();
            assertThat(batch.path("receipts")).hasSize(party.equals(sender) ? 3 : 2);
            batch.path("receipts").forEach(receipt -> requireProven(receipt, batch));
        }
        assertThat(as(other).get(OWN).json().path("items").get(0).path("receipts"))
                .hasSize(1);
        assertThat(as(NEIGHBOURS.add(WORLD.peer(0))).get(OWN).json().path("items"))
                .isEmpty();
    }

    @Test
    void aBatchSaysWhereItIsSettledOnceItIs() {
        assertThat(report(sender, draft(0).v2()).codes()).containsExactly("credited");
        JsonNode batch = as(sender).get(OWN).json().path("items").get(0);
        NEIGHBOURS.settle(batch.path("batch_seq").asLong(), 7);
        JsonNode settlement = as(receiver).get(OWN).json().path("items").get(0).path("settlement");
        assertThat(settlement.propertyNames())
                .containsExactly("contract", "seq", "root", "sums_root", "index", "size", "path");
        assertThat(settlement.path("seq").asLong()).isEqualTo(7);
        NEIGHBOURS.goAway(Neighbours.Owner.CONTRACT);
        Reply away = as(sender).get(OWN);
        assertThat(away.status()).as("nobody is told that it is not settled").isEqualTo(503);
        assertThat(away.header("Retry-After")).isNotEmpty();
    }

    @Test
    void pagesFollowEachOtherWithoutGaps() {
        for (int piece = 0; piece < 5; piece++) {
            assertThat(report(sender, draft(piece).v2()).codes()).containsExactly("credited");
        }
        List<Long> pieces = new ArrayList<>();
        String cursor = "";
        boolean more = true;
        while (more) {
            JsonNode page = as(receiver).get(OWN + "?limit=2&after=" + cursor).json();
            page.path("items")
                    .forEach(batch -> pieces.add(
                            batch.path("receipts").get(0).path("piece_index").asLong()));
            cursor = page.path("cursor").asString();
            more = page.path("more").asBoolean();
        }
        assertThat(pieces).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(report(sender, draft(5).v2()).codes()).containsExactly("credited");
        JsonNode later = as(receiver).get(OWN + "?after=" + cursor).json();
        assertThat(later.path("items")).hasSize(1);
        assertThat(as(receiver).get(OWN + "?after=x").status()).isEqualTo(400);
    }

    @Test
    void onlyAnAuditorSeesAnotherOnes() {
        assertThat(report(sender, draft(0).v2()).codes()).containsExactly("credited");
        Peer auditor = NEIGHBOURS.add(WORLD.peer(0));
        String question = ANYBODYS + "?user_id=" + sender.name();
        Http audit = http.as(key(auditor, "audit"));
        assertThat(audit.get(question).json().path("items"))
                .isEqualTo(as(sender).get(OWN).json().path("items"));
        assertThat(audit.get(ANYBODYS + "?user_id=nobody").status()).isEqualTo(404);
        assertThat(audit.get(ANYBODYS + "?user_id=a%20b").status()).isEqualTo(404);
        assertThat(audit.get(ANYBODYS).status()).isEqualTo(400);
        assertThat(audit.get(OWN).status())
                .as("an auditor's key does nothing else")
                .isEqualTo(403);
        assertThat(as(sender).get(question).status())
                .as("a session is no auditor")
                .isEqualTo(403);
        assertThat(http.as(key(auditor, "report", "torrents", "account:read"))
                        .get(question)
                        .status())
                .isEqualTo(403);
        assertThat(http.as(key(sender, "report")).get(OWN).status()).isEqualTo(403);
        assertThat(http.as(key(sender, "account:read")).get(OWN).status()).isEqualTo(200);
        assertThat(http.asStranger().get(OWN).status()).isEqualTo(401);
        assertThat(http.asStranger().get(question).status()).isEqualTo(401);
    }

    @Test
    void aReceiptWhoseMonthWasArchivedStillHasItsProof() {
        assertThat(report(sender, draft(0).v2(), draft(1).v2()).codes()).containsOnly("credited");
        WORLD.admin().sql("""
                delete from receipt.receipt where receipt_seq in
                    (select receipt_seq from receipt.receipt_key where receiver_id = ?)""").param(receiver.id()).update();
        JsonNode batch = as(sender).get(OWN).json().path("items").get(0);
        JsonNode receipt = batch.path("receipts").get(1);
        assertThat(receipt.get("signed").isNull()).isTrue();
        requireInBatch(receipt, batch);
    }

    private static void requireProven(JsonNode receipt, JsonNode batch) {
        JsonNode signed = receipt.path("signed");
        var row = new LedgerRow(
                World.INSTANCE,
                new TorrentId(hash(receipt, "torrent_id")),
                new ChainAccount(hash(receipt, "sender")),
                new ChainAccount(hash(receipt, "receiver")),
                new PieceIndex(receipt.path("piece_index").asLong()),
                receipt.path("bytes").asLong(),
                ReceiptKind.ofWireName(signed.path("kind").asString()).orElseThrow(),
                hash(signed, "signed_bytes_hash"),
                hash(signed, "evidence_hash"));
        assertThat(row.hash().bytes()).isEqualTo(hash(receipt, "row_hash"));
        requireInBatch(receipt, batch);
    }

    private static void requireInBatch(JsonNode receipt, JsonNode batch) {
        List<Bytes32> path = receipt.path("path").values().stream()
                .map(node -> Bytes32.fromHexString(node.asString()))
                .toList();
        var proof =
                new LogProof(receipt.path("index").asInt(), batch.path("size").asInt(), path);
        assertThat(proof.verifies(hash(receipt, "row_hash"), hash(batch, "rows_root")))
                .isTrue();
    }

    private static Bytes32 hash(JsonNode node, String field) {
        return Bytes32.fromHexString(node.path(field).asString());
    }

    private Http as(Registered party) {
        return http.as(TestKeys.token("gateway", "receipt").asAccount(party.id(), party.name()));
    }

    private static TestToken key(Registered party, String... scopes) {
        return TestKeys.token("gateway", "receipt").asApiKey(party.id(), party.name(), scopes);
    }
}
