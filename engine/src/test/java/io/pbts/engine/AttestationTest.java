package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.Attestation;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Message;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.torrent.PieceIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to sign, between two engines and against receivers that do not play fair. */
class AttestationTest {
    private static final int PIECE = Block.SIZE;
    private static final int PIECES = 230;
    private static final int LENGTH = PIECES * PIECE - 17;
    private static final int LIMIT = 20 * PIECE;
    private static final Instant TIME = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock NOON = Clock.fixed(TIME, ZoneOffset.UTC);
    private static final long NOW = TIME.getEpochSecond();
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final BlsSecretKey SEEDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey LEECHER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));
    private static final AccountKey.Bls RECEIVER =
            new AccountKey.Bls(LEECHER.publicKey().bytes());
    private static final Secp256k1SecretKey WALLET = Secp256k1SecretKey.fromBytes(Bytes32.fromHexStringLenient("0x5"));
    private static final int SINGLES = 1;
    private static final int MERKLE = 2;
    private static final int SESSION = 3;
    private static final int IN_SESSION = 4;
    private static final List<String> NAMES =
            List.of("pbts_receipt_batch", "pbts_merkle_batch", "pbts_session", "pbts_session_receipts");

    private static final Payload PAYLOAD = Payload.single("signed.bin", LENGTH, PIECE, "http://127.0.0.1:9/announce");

    @TempDir
    private Path folder;

    private final List<Earned> kept = new CopyOnWriteArrayList<>();

    private ReceiptExchange exchange(ReceiptSigner signer, ReceiptPolicy policy) {
        ReceiptExchange exchange = new ReceiptExchange(signer, DOMAIN, policy, kept::add, NOON);
        exchange.cover(PAYLOAD.metainfo());
        return exchange;
    }

    private ReceiptExchange sending(Attestation attestation, Duration chokeAfter) {
        ReceiptPolicy policy = new ReceiptPolicy(Ordinary.REQUIRE, LIMIT, chokeAfter).with(List.of(attestation));
        return exchange(new ReceiptSigner.OfBls(SEEDER), policy);
    }

    private Engine start(ReceiptExchange exchange, String name) throws IOException {
        EngineSettings settings = EngineSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve(name + "-state"));
        return Engine.start(exchange.announcedIn(settings), exchange, exchange);
    }

    private Engine seeder(ReceiptExchange exchange) throws IOException {
        Engine engine = start(exchange, "seeder");
        engine.add(PAYLOAD.in(PAYLOAD.writeTo(Files.createDirectories(folder.resolve("seeder")))));
        await(engine, State.SEEDING);
        return engine;
    }

    private void await(Engine engine, State state) {
        Await.until(
                "torrent is " + state,
                () -> engine.status(PAYLOAD.metainfo().id()).orElseThrow().state() == state);
    }

    private Stream<ReceiptV2> receipts() {
        return kept.stream().map(Earned::receipts).flatMap(List::stream);
    }

    private void transfer(Attestation attestation, ReceiptSigner receiver) throws IOException {
        try (ReceiptExchange sending = sending(attestation, Duration.ofSeconds(60));
                ReceiptExchange receiving = exchange(receiver, ReceiptPolicy.of(Ordinary.REQUIRE));
                Engine seeder = seeder(sending);
                Engine leecher = start(receiving, "leecher")) {
            leecher.add(PAYLOAD.in(folder.resolve("leecher")));
            leecher.addPeers(PAYLOAD.metainfo().id(), List.of(seeder.address()));
            await(leecher, State.SEEDING);
            Await.until("all pieces are signed for", () -> receipts().count() == PIECES);
            assertThat(sending.owedBy(receiver.key())).isNotPositive();
            assertThat(sending.signatures()).isEqualTo(kept.size());
        }
        assertThat(PAYLOAD.isIn(folder.resolve("leecher"))).isTrue();
        assertThat(receipts().map(ReceiptV2::index)).doesNotHaveDuplicates();
        assertThat(receipts().mapToLong(one -> one.length().bytes()).sum()).isEqualTo(LENGTH);
        StatedReport report =
                StatedReport.join(kept.stream().map(Earned::stated).toList());
        assertThat(BinaryReport.decode(BinaryReport.encode(report), PIECES)).isEqualTo(report);
    }

    @ParameterizedTest
    @EnumSource
    void everyByteIsSignedForOnceAndCanBeReported(Attestation attestation) throws IOException {
        transfer(attestation, new ReceiptSigner.OfBls(LEECHER));
        Class<?> kind =
                switch (attestation) {
                    case EACH -> SignedReceipt.class;
                    case BATCH -> Earned.Batch.class;
                    case SESSION -> Earned.InSession.class;
                    case ADAPTIVE -> Earned.class;
                };
        assertThat(kept).allSatisfy(one -> assertThat(one).isInstanceOf(kind));
        if (attestation == Attestation.ADAPTIVE || attestation == Attestation.BATCH) {
            assertThat(kept)
                    .hasSizeLessThan(PIECES)
                    .anyMatch(one -> one.receipts().size() >= 10);
        }
    }

    @Test
    void aWalletSignsBatchesToo() throws IOException {
        transfer(Attestation.BATCH, new ReceiptSigner.OfWallet(WALLET));
        assertThat(kept).allSatisfy(one -> assertThat(one).isInstanceOf(Earned.Batch.class));
    }

    @Test
    void agentsUseBatchesUnlessTheyWishOtherwise() throws IOException {
        assertThat(ReceiptPolicy.of(Ordinary.PREFER).attestations().getFirst()).isEqualTo(Attestation.BATCH);
    }

    /** A leecher by hand that is to attest in this way and asks for pieces. */
    private RawPeer receiver(Engine seeder, AccountKey key, Attestation attestation, int pieces) throws IOException {
        RawPeer peer = RawPeer.callAt(seeder.address(), PAYLOAD, true, true);
        var entry = BDictionary.of(Map.of(
                "version", new BInteger(2),
                "key", new BString(key.bytes()),
                "domain", new BString(DOMAIN.bytes()),
                "attestations", BList.of(BString.of(attestation.name().toLowerCase(java.util.Locale.ROOT)))));
        peer.say(new Message.Extended(0, ExtensionHandshake.encode(NAMES, Map.of("pbts", entry))));
        peer.say(new Message.Interested()).await(Message.Unchoke.class);
        for (int piece = 0; piece < pieces; piece++) {
            for (int begin = 0; begin < PIECE; begin += Block.SIZE) {
                peer.say(new Message.Request(new Block(piece, begin, Block.SIZE)));
            }
        }
        return peer;
    }

    private ReceiptV2 receipt(int piece) {
        var v1 = PAYLOAD.metainfo().v1().orElseThrow();
        PieceIndex index = new PieceIndex(piece);
        return new ReceiptV2(
                DOMAIN,
                v1.infoHash(),
                SEEDER.publicKey().accountKey(),
                RECEIVER,
                index,
                v1.pieces().lengthOf(index),
                v1.pieces().hashOf(index),
                NOW);
    }

    private static Message message(int number, Map<String, BencodeValue> content) {
        return new Message.Extended(number, BencodeWriter.encode(BDictionary.of(content)));
    }

    private static Message list(int number, int piece, Bytes signature) {
        return message(
                number,
                Map.of(
                        "receipts",
                        BList.of(BDictionary.of(Map.of(
                                "piece_index", new BInteger(piece),
                                "timestamp", new BInteger(NOW),
                                "signature", new BString(signature))))));
    }

    private Message single(int piece) {
        return list(
                SINGLES, piece, Bls.sign(LEECHER, receipt(piece).signedBytes()).bytes());
    }

    private Message batch(int... pieces) {
        List<ReceiptV2> receipts = IntStream.of(pieces).mapToObj(this::receipt).toList();
        Bytes signature = Bls.sign(
                        LEECHER, BatchStatement.over(DOMAIN, RECEIVER, receipts).signedBytes())
                .bytes();
        return batch(signature, pieces);
    }

    private static Message batch(Bytes signature, int... pieces) {
        Bytes numbers = Bytes.concatenate(
                IntStream.of(pieces).mapToObj(Bytes::ofUnsignedInt).toArray(Bytes[]::new));
        return message(
                MERKLE,
                Map.of(
                        "pieces", new BString(numbers),
                        "timestamp", new BInteger(NOW),
                        "signature", new BString(signature)));
    }

    private Message session(long from, Bytes tamper) {
        Bytes key = WALLET.publicKey().bytes();
        Bytes32 id = Bytes32.repeat((byte) 9);
        var certificate = new SessionCertificate(
                DOMAIN, id, receipt(0).infoHash(), SEEDER.publicKey().accountKey(), RECEIVER, key, from, from + 60);
        Map<String, BencodeValue> content = new HashMap<>(Map.of(
                "id", new BString(id),
                "key", new BString(key),
                "from", new BInteger(from),
                "to", new BInteger(from + 60),
                "signature",
                        new BString(Bls.sign(LEECHER, Bytes.concatenate(certificate.signedBytes(), tamper))
                                .bytes())));
        return message(SESSION, content);
    }

    private Message inSession(int piece) {
        return list(IN_SESSION, piece, WALLET.signCompact(SessionCertificate.digest(receipt(piece))));
    }

    /** Reads until so many pieces are there in full. */
    private static void receive(RawPeer peer, int pieces) throws IOException {
        for (int block = 0; block < pieces * PIECE / Block.SIZE; block++) {
            peer.await(Message.PieceHeader.class);
        }
    }

    private void sign(RawPeer peer, Attestation attestation, int pieces) throws IOException {
        if (attestation == Attestation.SESSION) {
            peer.say(session(NOW, Bytes.EMPTY));
        }
        if (attestation == Attestation.BATCH) {
            peer.say(batch(IntStream.range(0, pieces).toArray()));
            return;
        }
        for (int piece = 0; piece < pieces; piece++) {
            peer.say(attestation == Attestation.SESSION ? inSession(piece) : single(piece));
        }
    }

    /** It signs for ten pieces, and for nothing more: what it gets beyond them is what the policy says and no more. */
    @ParameterizedTest
    @EnumSource
    void whoStopsToSignGetsNoMoreThanTheWorstCaseOfItsWayToSign(Attestation attestation) throws IOException {
        ReceiptPolicy policy = new ReceiptPolicy(Ordinary.REQUIRE, LIMIT, Duration.ofMillis(300));
        long signed = 10L * PIECE;
        try (ReceiptExchange sending = sending(attestation, policy.chokeAfter());
                Engine seeder = seeder(sending);
                RawPeer peer = receiver(seeder, RECEIVER, attestation, 100)) {
            receive(peer, 10);
            sign(peer, attestation, 10);
            peer.await(Message.Choke.class);
            long uploaded = seeder.status(PAYLOAD.metainfo().id()).orElseThrow().uploaded();
            assertThat(receipts().count()).isEqualTo(10);
            assertThat(uploaded - signed)
                    .isGreaterThanOrEqualTo(LIMIT)
                    .isLessThanOrEqualTo(policy.worstLoss(attestation, PIECE) + signed / 64);
        }
    }

    /** A hostile message, after two pieces were sent; who said it is hung up on, the bystander is not. */
    private void endsTheConnection(Attestation attestation, Message... messages) throws IOException {
        kept.clear();
        try (ReceiptExchange sending = sending(attestation, Duration.ofSeconds(60));
                Engine seeder = seeder(sending);
                RawPeer bystander = receiver(seeder, new AccountKey.Wallet(WALLET.address()), Attestation.EACH, 0);
                RawPeer peer = receiver(seeder, RECEIVER, attestation, 2)) {
            receive(peer, 2);
            for (Message message : messages) {
                try {
                    peer.say(message);
                } catch (IOException e) {
                    break; // hung up on before it had said all
                }
            }
            peer.awaitHangUp();
            bystander.say(new Message.Request(new Block(3, 0, Block.SIZE)));
            bystander.await(Message.PieceHeader.class);
        }
    }

    @Test
    void aForgedBatchEndsTheConnectionAndPaysForNothing() throws IOException {
        endsTheConnection(
                Attestation.BATCH, batch(Bls.sign(LEECHER, Bytes.of(1)).bytes(), 0, 1));
        assertThat(kept).isEmpty();
    }

    @Test
    void aBatchThatIsCutOffOrNamesAPieceTwiceOrTooManyEndsTheConnection() throws IOException {
        Bytes whole = ((Message.Extended) batch(0, 1)).payload();
        endsTheConnection(Attestation.BATCH, new Message.Extended(MERKLE, whole.slice(0, whole.size() - 5)));
        endsTheConnection(Attestation.BATCH, batch(0, 0));
        endsTheConnection(
                Attestation.BATCH,
                batch(Bytes.repeat((byte) 1, 96), IntStream.range(0, 65).toArray()));
        assertThat(kept).isEmpty();
    }

    @Test
    void whoSaysTheSameAgainAndAgainIsHungUpOnAndPaidForOnce() throws IOException {
        Message[] replayed = new Message[80];
        java.util.Arrays.fill(replayed, batch(0, 1));
        endsTheConnection(Attestation.BATCH, replayed);
        assertThat(receipts().count()).isEqualTo(2);
    }

    @Test
    void messagesOfAnotherWayToSignEndTheConnection() throws IOException {
        endsTheConnection(Attestation.BATCH, single(0));
        endsTheConnection(Attestation.EACH, batch(0, 1));
        endsTheConnection(Attestation.ADAPTIVE, session(NOW, Bytes.EMPTY));
        endsTheConnection(Attestation.SESSION, single(0));
        assertThat(kept).isEmpty();
    }

    @Test
    void aSessionMustBeCertifiedBegunAndNotOver() throws IOException {
        endsTheConnection(Attestation.SESSION, session(NOW, Bytes.of(1)));
        endsTheConnection(Attestation.SESSION, inSession(0));
        endsTheConnection(Attestation.SESSION, session(NOW - 61, Bytes.EMPTY), inSession(0));
        assertThat(kept).isEmpty();
    }

    @Test
    void aForgedReceiptOfASessionEndsTheConnection() throws IOException {
        endsTheConnection(
                Attestation.SESSION, session(NOW, Bytes.EMPTY), list(IN_SESSION, 0, WALLET.signCompact(Bytes32.ZERO)));
        assertThat(kept).isEmpty();
    }
}
