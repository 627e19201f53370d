package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.bencode.BDictionary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a refused thing gets, row by row, in profile {@code production}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTableIT {
    private static final int PIECE = 16 * 1024;
    private static final String UNKNOWN_HASH = "0123456789abcdef0123456789abcdef01234567";

    private Path folder;
    private Stack stack;
    private Http gateway;
    private Member sender;
    private Member receiver;
    private Dataset data;
    private int nextPiece;

    @BeforeAll
    void start(@TempDir Path made) {
        folder = made;
        stack = ProductionStack.get();
        gateway = stack.gateway();
        sender = Member.register(gateway, "table-sender");
        receiver = Member.register(gateway, "table-receiver");
        data = Dataset.create(folder, "table.bin", 64L * PIECE - 100, PIECE, "http://tracker.invalid/announce");
        data.registerAs(sender).expect(201);
    }

    @Test
    void aBodyThatIsNotJsonIs400AndOneOverTheLimitIs413WithTheLimitNamed() {
        Http.Answer broken =
                reportBytes("{\"user_id\": ".getBytes(StandardCharsets.UTF_8)).expect(400);
        assertThat(broken.json().path("success").asBoolean()).isFalse();
        assertThat(broken.json().path("error").asString()).isNotBlank();
        byte[] large = ("{\"user_id\":\"" + "a".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(reportBytes(large).expect(413).json().path("error").asString())
                .containsPattern("\\d{4,}");
    }

    @Test
    void anUnknownCallerGetsNothing() {
        assertThat(new Tracker(gateway, "").failure(data.infoHash(), 6881, "&left=1"))
                .isEqualTo("Passkey missing");
        assertThat(new Tracker(gateway, "/" + "a".repeat(32)).failure(data.infoHash(), 6881, "&left=1"))
                .isEqualTo("Unknown passkey");
        byte[] body = Stack.JSON.writeValueAsBytes(Map.of("user_id", sender.userId(), "receipts", List.of()));
        gateway.post("/report", Map.of("Content-Type", "application/json"), body)
                .expect(401);
        gateway.post("/report", Map.of("Content-Type", "application/json", "X-PBTS-Passkey", "b".repeat(32)), body)
                .expect(401);
        gateway.post("/api/v1/torrents", Map.of(), new byte[] {'d', 'e'}).expect(401);
    }

    @Test
    void aUserIdThatIsNotTheCallersIs403() {
        byte[] body = Stack.JSON.writeValueAsBytes(Map.of("user_id", receiver.userId(), "receipts", List.of()));
        reportBytes(body).expect(403);
    }

    @Test
    void anUnregisteredTorrentIsRefusedAndTheOtherReceiptsCount() {
        assertThat(sender.tracker().failure(UNKNOWN_HASH, 6881, "&left=1")).isEqualTo("Unregistered torrent");
        assertThat(codesOf(changed(receipt(), "infohash", UNKNOWN_HASH), receipt()))
                .containsExactly("unknown-torrent", "credited");
    }

    @Test
    void aKeyThatIsNotRegisteredIsNamedAndTheOtherReceiptsCount() {
        String stranger = IndependentClient.get()
                .ask("keygen", Map.of())
                .path("public_key")
                .asString();
        assertThat(codesOf(
                        changed(receipt(), "sender_pk", stranger),
                        changed(receipt(), "receiver_public_key", stranger),
                        receipt()))
                .containsExactly("unknown-sender", "unknown-receiver", "credited");
    }

    @Test
    void indexLengthAndPieceHashMustBeTheTorrents() {
        assertThat(codesOf(
                        changed(receipt(), "piece_index", data.pieces().size()),
                        changed(receipt(), "piece_index", 4_294_967_295L),
                        changed(receipt(), "piece_size", PIECE - 1),
                        changed(receipt(), "piece_hash", "00".repeat(20)),
                        receipt()))
                .containsExactly("bad-index", "bad-index", "bad-length", "bad-piece-hash", "credited");
    }

    @Test
    void theLastPieceEarnsItsRealLength() {
        long before = sender.uploaded();
        var last = data.receipts(gateway, sender, receiver, 63, 64, Report.now());
        assertThat(codesOf(last.getFirst())).containsExactly("credited");
        assertThat(sender.uploaded() - before).isEqualTo(PIECE - 100);
    }

    @Test
    void aReceiptIsGoodForSevenDaysAndNotFromTheFuture() {
        long now = Report.now();
        assertThat(codesOf(signedAt(now - 8 * 86_400), signedAt(now + 600), signedAt(now - 6 * 86_400)))
                .containsExactly("stale", "future", "credited");
    }

    @Test
    void nobodyEarnsFromHimself() {
        nextPiece++;
        var selfie = data.receipts(gateway, sender, sender, nextPiece, nextPiece + 1, Report.now());
        assertThat(codesOf(selfie.getFirst(), receipt())).containsExactly("self-transfer", "credited");
    }

    @Test
    void aWrongSignatureEncodingOrDomainIsNamed() {
        Map<String, Object> one = receipt();
        Map<String, Object> other = receipt();
        Map<String, Object> foreign = changed(receipt(), "domain", "ab".repeat(32));
        assertThat(codesOf(
                        changed(one, "signature", other.get("signature")),
                        changed(one, "signature", "not base64!"),
                        changed(one, "piece_index", "seven"),
                        foreign,
                        other))
                .containsExactly("bad-signature", "bad-encoding", "bad-encoding", "wrong-domain", "credited");
    }

    @Test
    void aRepeatIsADuplicateAlsoWithinOneReport() {
        Map<String, Object> once = receipt();
        long before = sender.uploaded();
        assertThat(codesOf(once, once, once)).containsExactly("credited", "duplicate", "duplicate");
        assertThat(codesOf(once)).containsExactly("duplicate");
        assertThat(sender.uploaded() - before).isEqualTo(PIECE);
    }

    @Test
    void legacyReceiptsAreOffOutsideLocal() {
        Map<String, Object> legacy = new HashMap<>(receipt());
        legacy.remove("version");
        assertThat(codesOf(legacy, receipt())).last().isEqualTo("credited");
        assertThat(codesOf(legacy)).doesNotContain("credited");
    }

    @Test
    void aReceiverOverItsOverdraftIsHeldUntilItEarns() {
        Member spender = Member.register(gateway, "table-spender");
        Member friend = Member.register(gateway, "table-friend");
        // min x down - credit <= overdraft: 160 MiB / 2 - 16 MiB = 64 MiB is the last byte that is credited at once.
        int piece = 4 << 20;
        Dataset large = Dataset.create(folder, "held.bin", 42L * piece, piece, "http://tracker.invalid/announce");
        large.registerAs(sender).expect(201);
        var receipts = large.receipts(gateway, sender, spender, 0, 42, Report.now());
        List<String> codes = Report.of(sender.report(receipts)).codes();
        assertThat(codes.subList(0, 40)).containsOnly("credited");
        assertThat(codes.subList(40, 42)).containsOnly("held");
        assertThat(spender.downloaded()).isEqualTo(40L * piece);
        assertThat(spender.tracker().failure(large.infoHash(), 7100, "&left=1")).startsWith("Insufficient ratio");

        Dataset earning = Dataset.create(folder, "freed.bin", 2L * piece, piece, "http://tracker.invalid/announce");
        earning.registerAs(sender).expect(201);
        var earned = earning.receipts(gateway, spender, friend, 0, 2, Report.now());
        assertThat(Report.of(spender.report(earned)).codes()).containsOnly("credited");
        Await.until(
                "held receipts are released",
                java.time.Duration.ofSeconds(5),
                spender::downloaded,
                down -> down == 42L * piece);
        assertThat(Report.of(sender.report(receipts)).codes()).containsOnly("duplicate");
    }

    @Test
    void announceParametersThatCannotBeAreNamed() {
        Tracker tracker = sender.tracker();
        String path = "/" + sender.passkey() + "/announce";
        assertThat(failureOf(path + "?peer_id=-AT0001-000000000001&port=1&left=0"))
                .isEqualTo("Invalid info_hash");
        assertThat(failureOf(path + "?info_hash=abc&peer_id=-AT0001-000000000001&port=1&left=0"))
                .isEqualTo("Invalid info_hash");
        assertThat(tracker.failure(data.infoHash(), 6881, "&left=0&info_hash=" + Tracker.escaped(data.infoHash())))
                .isEqualTo("Invalid info_hash");
        assertThat(tracker.failure(data.infoHash(), 0, "&left=0")).isEqualTo("Invalid port");
        assertThat(tracker.failure(data.infoHash(), 65_536, "&left=0")).isEqualTo("Invalid port");
        assertThat(tracker.failure(data.infoHash(), 6881, "&left=many")).startsWith("Invalid");
        BDictionary failed = tracker.announce(data.infoHash(), 0, "&left=0");
        assertThat(failed.integer("interval")).isPresent();
    }

    @Test
    void numwantCompactAndUnknownParametersHaveDefaults() {
        Tracker tracker = receiver.tracker();
        for (String harmless : List.of("&numwant=-1", "&numwant=99999999", "&event=paused", "&whatever=1", "&event=")) {
            assertThat(tracker.failure(data.infoHash(), 6900, "&left=1" + harmless))
                    .as(harmless)
                    .isEqualTo("(no failure)");
        }
        BDictionary listed =
                tracker.announce(data.infoHash(), 6900, "&left=1").list("peers").isPresent()
                        ? tracker.announce(data.infoHash(), 6900, "&left=1")
                        : Tracker.dictionary(gateway.get(
                                        "/%s/announce?info_hash=%s&peer_id=-AT0001-000000000001&port=6900&left=1&compact=0"
                                                .formatted(receiver.passkey(), Tracker.escaped(data.infoHash())))
                                .body());
        assertThat(listed.list("peers")).isPresent();
        tracker.announce(data.infoHash(), 6900, "&left=1&event=stopped");
    }

    @Test
    void whatExistsOnlyInLocalIsAbsent() {
        for (String route :
                List.of("/keygen", "/attest", "/config", "/contract/init", "/contract/register", "/contract/update")) {
            assertThat(gateway.postJson(route, Map.of()).status()).as(route).isIn(404, 405);
        }
        for (String route : List.of("/internal/v1/instance", "/actuator/health", "/actuator/env")) {
            gateway.get(route).expect(404);
        }
        Map<String, Object> unsigned = Map.of("user_id", "nobody", "public_key", sender.publicKey());
        gateway.postJson("/register", unsigned).expect(400);
    }

    private String failureOf(String path) {
        return Tracker.dictionary(gateway.get(path).expect(200).body())
                .text("failure reason")
                .orElse("(no failure)");
    }

    private Map<String, Object> receipt() {
        return signedAt(Report.now());
    }

    private Map<String, Object> signedAt(long time) {
        nextPiece++;
        return data.receipts(gateway, sender, receiver, nextPiece, nextPiece + 1, time)
                .getFirst();
    }

    private static Map<String, Object> changed(Map<String, Object> receipt, String field, Object value) {
        Map<String, Object> copy = new HashMap<>(receipt);
        copy.put(field, value);
        return copy;
    }

    @SafeVarargs
    private final List<String> codesOf(Map<String, Object>... receipts) {
        List<Map<String, Object>> sent = new ArrayList<>();
        for (Map<String, Object> receipt : receipts) {
            sent.add(receipt);
        }
        return Report.of(sender.report(sent)).codes();
    }

    private Http.Answer reportBytes(byte[] body) {
        return gateway.post(
                "/report", Map.of("Content-Type", "application/json", "X-PBTS-Passkey", sender.passkey()), body);
    }
}
