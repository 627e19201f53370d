package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.Acknowledgement;
import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.RunningTracker;
import io.pbts.receipt.testing.WalletPeer;
import io.pbts.receipt.testing.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;

/** Reports at {@code /api/v1/reports}, as JSON and in the compact form. */
@ActiveProfiles("production")
class V1ReportTest extends RunningTracker {
    private static final Secp256k1SecretKey SESSION_KEY = Secp256k1SecretKey.fromBytes(Bytes32.repeat((byte) 9));
    private final long now = World.CLOCK.instant().getEpochSecond();

    @Test
    void creditsEachFormInJson() {
        WalletPeer wallet = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        Map<String, Object> typed = item(wallet.key(), 1);
        typed.put("form", "typed");
        typed.put(
                "signature",
                hex(wallet.secret().sign(TypedReceipt.digest(statement(wallet.key(), 1), Draft.DEPLOYMENT))));
        Reply reply = post(Map.of(
                "receipts",
                List.of(
                        signed(item(receiver.key(), 0), receiver.sign(statement(receiver.key(), 0))),
                        typed,
                        item(receiver.key(), 2),
                        inSession(3)),
                "batches",
                List.of(batch(4, 7)),
                "sessions",
                List.of(session()),
                "aggregate_signature",
                hex(receiver.sign(statement(receiver.key(), 2)))));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.codes()).hasSize(7).containsOnly("credited");
        assertThat(reply.json().path("credited").asInt()).isEqualTo(7);
        assertThat(reply.json().path("totals").path("up").asLong()).isEqualTo(7 * PIECE);
        assertThat(WORLD.down(receiver)).isEqualTo(6 * PIECE);
        assertThat(WORLD.down(wallet)).isEqualTo(PIECE);
        requireAcknowledged(reply, 7);
        assertThat(WORLD.number("select count(distinct form) from receipt.receipt"))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void creditsOneAggregateSignatureInTheCompactForm() {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<BlsSignature> signatures = new ArrayList<>();
        for (int piece = 0; piece < 128; piece++) {
            receipts.add(stated(receiver.key(), piece, new Proof.InAggregate()));
            signatures.add(BlsSignature.of(receiver.sign(statement(receiver.key(), piece))));
        }
        Bytes aggregate = Bls.aggregate(signatures).bytes();
        Reply reply = postBinary(new StatedReport(receipts, List.of(), List.of(), Optional.of(aggregate)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.codes()).hasSize(128).containsOnly("credited");
        requireAcknowledged(reply, 128);
    }

    @Test
    void keepsTheReceiptsOfAnAggregateThatDidNotCount() {
        Reply first = post(Map.of(
                "receipts", List.of(signed(item(receiver.key(), 10), receiver.sign(statement(receiver.key(), 10))))));
        assertThat(first.codes()).containsExactly("credited");
        Bytes aggregate = Bls.aggregate(IntStream.of(10, 11)
                        .mapToObj(piece -> BlsSignature.of(receiver.sign(statement(receiver.key(), piece))))
                        .toList())
                .bytes();
        long before = WORLD.number("select count(*) from receipt.aggregate_member");
        Reply second = post(Map.of(
                "receipts",
                List.of(item(receiver.key(), 10), item(receiver.key(), 11)),
                "aggregate_signature",
                hex(aggregate)));
        assertThat(second.codes()).containsExactly("duplicate", "credited");
        assertThat(WORLD.number("select count(*) from receipt.aggregate_member"))
                .isEqualTo(before + 1);
    }

    @Test
    void creditsBatchesAndSessionsInTheCompactForm() {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<ReceiptV2> members = new ArrayList<>();
        for (int piece = 0; piece < 64; piece++) {
            receipts.add(stated(receiver.key(), piece, new Proof.InBatch(0)));
            members.add(statement(receiver.key(), piece));
        }
        for (int piece = 64; piece < 80; piece++) {
            receipts.add(stated(receiver.key(), piece, new Proof.InSession(0, pieceSignature(piece))));
        }
        Bytes root = Bls.sign(
                        receiver.secret(),
                        BatchStatement.over(Draft.DOMAIN, receiver.key(), members)
                                .signedBytes())
                .bytes();
        long certificates = WORLD.number("select count(*) from receipt.session_certificate");
        Reply reply = postBinary(new StatedReport(receipts, List.of(root), List.of(statedSession()), Optional.empty()));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.codes()).hasSize(80).containsOnly("credited");
        assertThat(WORLD.number("select count(*) from receipt.session_certificate"))
                .isEqualTo(certificates + 1);
        assertThat(postBinary(new StatedReport(receipts, List.of(root), List.of(statedSession()), Optional.empty()))
                        .codes())
                .containsOnly("duplicate");
    }

    @Test
    void acknowledgesARepeatWithTheSameRows() {
        Map<String, Object> body = Map.of("receipts", List.of(signed(item(receiver.key(), 20), sign(20))));
        JsonNode first = post(body).json().path("acknowledgement");
        JsonNode repeat = post(body).json().path("acknowledgement");
        assertThat(repeat).isEqualTo(first);
    }

    @Test
    void acknowledgesNothingWhenNothingIsInTheLedger() {
        Reply reply = post(Map.of("receipts", List.of(signed(item(receiver.key(), 21), sign(22)))));
        assertThat(reply.codes()).containsExactly("bad-signature");
        assertThat(reply.json().get("acknowledgement").isNull()).isTrue();
    }

    @Test
    void judgesTheGoodOnesBesideOneThatCannotBeRead() {
        Map<String, Object> broken = signed(item(receiver.key(), 30), sign(30));
        broken.put("piece_hash", "zz");
        Reply reply = post(Map.of("receipts", List.of(broken, signed(item(receiver.key(), 31), sign(31)))));
        assertThat(reply.codes()).containsExactly("bad-encoding", "credited");
    }

    @Test
    void refusesAReportWithAFieldThatIsNotKnownAndCountsNothing() {
        Map<String, Object> extra = signed(item(receiver.key(), 40), sign(40));
        extra.put("pieceindex", 1);
        Reply inside = post(Map.of("receipts", List.of(signed(item(receiver.key(), 41), sign(41)), extra)));
        assertThat(inside.status()).isEqualTo(400);
        assertThat(inside.json().path("code").asString()).isEqualTo("unknown-field");
        assertThat(post(Map.of("receipts", List.of(), "user_id", "me")).status())
                .isEqualTo(400);
        assertThat(WORLD.down(receiver)).isZero();
    }

    @Test
    void namesWhatIsWrongWithACompactReport() {
        Bytes good = BinaryReport.encode(new StatedReport(
                List.of(stated(receiver.key(), 50, new Proof.Single(sign(50)))),
                List.of(),
                List.of(),
                Optional.empty()));
        Reply cut = postBytes(good.slice(0, good.size() - 1));
        assertThat(cut.status()).isEqualTo(400);
        assertThat(cut.json().path("code").asString()).isEqualTo("malformed-report");
        assertThat(postBytes(Bytes.concatenate(good, Bytes.of(0))).status()).isEqualTo(400);
        assertThat(postBytes(good).codes()).containsExactly("credited");
    }

    @Test
    void refusesMoreReceiptsThanAllowedInEitherForm() {
        List<StatedReceipt> many = new ArrayList<>();
        for (int piece = 0; piece < 257; piece++) {
            many.add(stated(receiver.key(), piece, new Proof.InAggregate()));
        }
        Reply binary = postBinary(new StatedReport(many, List.of(), List.of(), Optional.of(sign(0))));
        assertThat(binary.status()).isEqualTo(413);
        assertThat(binary.json().path("detail").asString()).contains("256");
        List<Object> items = new ArrayList<>();
        for (int piece = 0; piece < 257; piece++) {
            items.add(item(receiver.key(), piece));
        }
        assertThat(post(Map.of("receipts", items)).status()).isEqualTo(413);
    }

    @Test
    void countsOneBadSignaturePerReceiverOfAnAggregate() {
        List<Object> items = new ArrayList<>();
        for (int piece = 60; piece < 160; piece++) {
            items.add(item(receiver.key(), piece));
        }
        Map<String, Object> body = Map.of("receipts", items, "aggregate_signature", hex(sign(0)));
        assertThat(post(body).codes()).containsOnly("bad-signature");
        assertThat(post(body).status()).as("one bad signature, not a hundred").isEqualTo(200);
    }

    private void requireAcknowledged(Reply reply, int rows) {
        JsonNode acknowledgement = reply.json().path("acknowledgement");
        List<JsonNode> results = new ArrayList<>(reply.json().path("results").values());
        results.sort(Comparator.comparingLong(result -> result.path("sequence").asLong()));
        var expected = Acknowledgement.of(
                World.INSTANCE,
                results.getFirst().path("sequence").asLong(),
                results.stream()
                        .map(result ->
                                ReceiptRowHash.fromHex(result.path("row_hash").asString()))
                        .toList());
        assertThat(acknowledgement.path("count").asInt()).isEqualTo(rows);
        assertThat(acknowledgement.path("root").asString())
                .isEqualTo(expected.root().toUnprefixedHexString());
        assertThat(World.acknowledgementKey()
                        .verifies(
                                expected.signedBytes(),
                                Hex.decode(acknowledgement.path("signature").asString())))
                .isTrue();
    }

    private Reply post(Map<String, Object> body) {
        return http.post(
                "/api/v1/reports", body, "X-PBTS-Passkey", sender.passkey().value());
    }

    private Reply postBinary(StatedReport report) {
        return postBytes(BinaryReport.encode(report));
    }

    private Reply postBytes(Bytes body) {
        return http.postBytes(
                "/api/v1/reports",
                body.toArray(),
                "Content-Type",
                BinaryReport.MEDIA_TYPE,
                "X-PBTS-Passkey",
                sender.passkey().value());
    }

    private ReceiptV2 statement(AccountKey to, int piece) {
        return Draft.statement(sender.key(), to, TORRENT.v1(), piece);
    }

    private StatedReceipt stated(AccountKey to, int piece, Proof proof) {
        ReceiptV2 receipt = statement(to, piece);
        return new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                to,
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                now,
                proof);
    }

    private Map<String, Object> item(AccountKey to, int piece) {
        ReceiptV2 receipt = statement(to, piece);
        Map<String, Object> item = new HashMap<>();
        item.put("info_hash", receipt.infoHash().hex());
        item.put("sender", hex(receipt.sender().bytes()));
        item.put(
                "receiver",
                to instanceof AccountKey.Wallet wallet ? wallet.address().checksummed() : hex(to.bytes()));
        item.put("piece_index", piece);
        item.put("piece_length", receipt.length().bytes());
        item.put("piece_hash", receipt.pieceHash().hex());
        item.put("signed_at", now);
        return item;
    }

    private static Map<String, Object> signed(Map<String, Object> item, Bytes signature) {
        item.put("signature", hex(signature));
        return item;
    }

    private Bytes sign(int piece) {
        return receiver.sign(statement(receiver.key(), piece));
    }

    private Map<String, Object> batch(int from, int to) {
        List<ReceiptV2> members = IntStream.range(from, to)
                .mapToObj(piece -> statement(receiver.key(), piece))
                .toList();
        Bytes message =
                BatchStatement.over(Draft.DOMAIN, receiver.key(), members).signedBytes();
        return Map.of(
                "signature",
                hex(Bls.sign(receiver.secret(), message).bytes()),
                "receipts",
                IntStream.range(from, to)
                        .mapToObj(piece -> item(receiver.key(), piece))
                        .toList());
    }

    private Map<String, Object> inSession(int piece) {
        Map<String, Object> item = signed(item(receiver.key(), piece), pieceSignature(piece));
        item.put("session", 0);
        return item;
    }

    private Bytes pieceSignature(int piece) {
        return SESSION_KEY.signCompact(SessionCertificate.digest(statement(receiver.key(), piece)));
    }

    private StatedSession statedSession() {
        Bytes key = SESSION_KEY.publicKey().bytes();
        var certificate = new SessionCertificate(
                Draft.DOMAIN,
                Bytes32.repeat((byte) 4),
                TORRENT.v1().infoHash(),
                sender.key(),
                receiver.key(),
                key,
                now - 60,
                now + 3600);
        return new StatedSession(
                certificate.infoHash(),
                certificate.sender(),
                certificate.receiver(),
                certificate.sessionId(),
                key,
                certificate.from(),
                certificate.to(),
                Bls.sign(receiver.secret(), certificate.signedBytes()).bytes());
    }

    private Map<String, Object> session() {
        StatedSession session = statedSession();
        return Map.of(
                "info_hash", session.infoHash().hex(),
                "sender", hex(session.sender().bytes()),
                "receiver", hex(session.receiver().bytes()),
                "session_id", hex(session.sessionId()),
                "session_key", hex(session.sessionKey()),
                "from", session.from(),
                "to", session.to(),
                "signature", hex(session.signature()));
    }

    private static String hex(Bytes bytes) {
        return bytes.toUnprefixedHexString();
    }
}
