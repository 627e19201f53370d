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
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptExchangeTest {
    private static final int PIECE = 64 << 10;
    private static final int LENGTH = 40 * PIECE - 17;
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final BlsSecretKey SEEDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey LEECHER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));
    private static final BlsSecretKey OTHER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x4"));
    private static final List<Attestation> EACH = List.of(Attestation.EACH);
    private static final Secp256k1SecretKey WALLET = Secp256k1SecretKey.fromBytes(Bytes32.fromHexStringLenient("0x5"));

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path folder;

    private final Payload payload = Payload.single("signed.bin", LENGTH, PIECE, "http://127.0.0.1:9/announce");
    private final List<Earned> kept = new CopyOnWriteArrayList<>();

    private ReceiptExchange exchange(ReceiptSigner signer, ReceiptPolicy policy) {
        ReceiptExchange exchange = new ReceiptExchange(signer, DOMAIN, policy, kept::add, NOON);
        exchange.cover(payload.metainfo());
        return exchange;
    }

    private Engine start(ReceiptExchange exchange, String name) throws IOException {
        EngineSettings settings = EngineSettings.of(LOOPBACK, folder.resolve(name + "-state"));
        return Engine.start(exchange.announcedIn(settings), exchange, exchange);
    }

    private Engine seeder(ReceiptExchange exchange) throws IOException {
        Engine engine = start(exchange, "seeder");
        engine.add(payload.in(payload.writeTo(java.nio.file.Files.createDirectories(folder.resolve("seeder")))));
        await(engine, State.SEEDING);
        return engine;
    }

    private void await(Engine engine, State state) {
        Await.until(
                "torrent is " + state,
                () -> engine.status(payload.metainfo().id()).orElseThrow().state() == state);
    }

    private void transfer(ReceiptSigner receiver) throws IOException {
        ReceiptPolicy strict = new ReceiptPolicy(Ordinary.REQUIRE, 1, Duration.ofSeconds(60)).with(EACH);
        try (ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), strict);
                ReceiptExchange receiving = exchange(receiver, ReceiptPolicy.of(Ordinary.REQUIRE));
                Engine seeder = seeder(sending);
                Engine leecher = start(receiving, "leecher")) {
            leecher.add(payload.in(folder.resolve("leecher")));
            leecher.addPeers(payload.metainfo().id(), List.of(seeder.address()));
            await(leecher, State.SEEDING);
            Await.until("all pieces are signed for", () -> kept.size() == 40);
            assertThat(sending.owedBy(receiver.key())).isNotPositive();
            assertThat(receiving.unsignable()).isZero();
        }
        assertThat(receipts().map(one -> one.index().value())).doesNotHaveDuplicates();
        assertThat(receipts().mapToLong(one -> one.length().bytes()).sum()).isEqualTo(LENGTH);
        assertThat(receipts()).allSatisfy(one -> {
            assertThat(one.sender()).isEqualTo(SEEDER.publicKey().accountKey());
            assertThat(one.receiver()).isEqualTo(receiver.key());
            assertThat(one.timestamp()).isEqualTo(NOON.instant().getEpochSecond());
        });
    }

    private Stream<ReceiptV2> receipts() {
        return kept.stream().map(Earned::receipts).flatMap(List::stream);
    }

    @Test
    void everyPieceIsSignedForByABlsKey() throws IOException {
        transfer(new ReceiptSigner.OfBls(LEECHER));
        assertThat(kept).allSatisfy(one -> assertThat(one)
                .isInstanceOfSatisfying(SignedReceipt.class, signed -> assertThat(Bls.verify(
                                LEECHER.publicKey(),
                                signed.receipt().signedBytes(),
                                BlsSignature.of(signed.signature())))
                        .isTrue()));
    }

    @Test
    void everyPieceIsSignedForByAWallet() throws IOException {
        transfer(new ReceiptSigner.OfWallet(WALLET));
        assertThat(kept)
                .allSatisfy(one -> assertThat(one).isInstanceOfSatisfying(SignedReceipt.class, signed -> assertThat(
                                Secp256k1.recoverPersonal(signed.receipt().digest(), signed.signature()))
                        .isEqualTo(new Secp256k1.Recovery.Signer(WALLET.address()))));
    }

    /** Hears each piece late, as a thread does that lost its processor. */
    private static EngineListener late(ReceiptExchange exchange) {
        return (EngineListener) Proxy.newProxyInstance(
                EngineListener.class.getClassLoader(),
                new Class<?>[] {EngineListener.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("pieceVerified")) {
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                    return method.invoke(exchange, arguments);
                });
    }

    @Test
    void whoLeavesTheMomentItHasAllHasSignedForAll() throws IOException {
        ReceiptPolicy strict = new ReceiptPolicy(Ordinary.REQUIRE, 16 << 20, Duration.ofSeconds(60));
        try (ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), strict);
                ReceiptExchange receiving = exchange(new ReceiptSigner.OfBls(LEECHER), strict);
                Engine seeder = seeder(sending)) {
            EngineSettings settings =
                    receiving.announcedIn(EngineSettings.of(LOOPBACK, folder.resolve("leecher-state")));
            try (Engine leecher = Engine.start(settings, receiving, late(receiving))) {
                leecher.add(payload.in(folder.resolve("leecher")));
                leecher.addPeers(payload.metainfo().id(), List.of(seeder.address()));
                await(leecher, State.SEEDING);
            }
            Await.until("all pieces are signed for", () -> receipts().count() == 40);
        }
    }

    /** A connection of an account, as far as receipts are concerned. */
    private final class Connection implements Peer {
        private final BlsPublicKey key;
        private final AtomicInteger heard = new AtomicInteger();
        private boolean ended;

        private Connection(BlsSecretKey account) {
            key = account.publicKey();
        }

        private void end(ReceiptExchange exchange) {
            ended = true;
            exchange.peerGone(this, "reset");
        }

        @Override
        public boolean send(String extension, Bytes payload) {
            if (!ended) {
                heard.incrementAndGet();
            }
            return !ended;
        }

        @Override
        public boolean speaks(String extension) {
            return extension.equals("pbts_receipt_batch");
        }

        @Override
        public Optional<BDictionary> extensionHandshake() {
            return Optional.of(BDictionary.of(Map.of("pbts", entry(key))));
        }

        @Override
        public long id() {
            return System.identityHashCode(this);
        }

        @Override
        public TorrentId torrent() {
            return payload.metainfo().id();
        }

        @Override
        public InetSocketAddress address() {
            return LOOPBACK;
        }

        @Override
        public PeerId peerId() {
            return PeerId.ofBytes(new byte[PeerId.SIZE]);
        }

        @Override
        public void reconsider() {}

        @Override
        public void disconnect(String reason) {
            throw new AssertionError(reason);
        }
    }

    @Test
    void aPieceIsOwedToTheAccountThatSentItByHoweverManyConnections() {
        TorrentId torrent = payload.metainfo().id();
        Connection first = new Connection(SEEDER);
        Connection again = new Connection(SEEDER);
        Connection other = new Connection(OTHER);
        try (ReceiptExchange receiving =
                exchange(new ReceiptSigner.OfBls(LEECHER), ReceiptPolicy.of(Ordinary.REQUIRE))) {
            receiving.extensionsKnown(first);
            first.end(receiving);
            receiving.pieceVerified(torrent, 0, PIECE, Set.of(first));
            receiving.extensionsKnown(again);
            Await.until("the piece before is signed for", () -> again.heard.get() == 1);
            receiving.pieceVerified(torrent, 1, PIECE, Set.of(first, again));
            Await.until("the piece of both is signed for", () -> again.heard.get() == 2);
            receiving.extensionsKnown(other);
            receiving.pieceVerified(torrent, 2, PIECE, Set.of(again, other));
            assertThat(receiving.unsignable()).isOne();
            receiving.torrentStopping(torrent);
            assertThat(receiving.signed()).isEqualTo(2);
            assertThat(other.heard).hasValue(0);
        }
    }

    private static BDictionary entry(BlsPublicKey key) {
        return BDictionary.of(Map.of(
                "version", new BInteger(2), "key", new BString(key.bytes()), "domain", new BString(DOMAIN.bytes())));
    }

    /** A leecher by hand that announces a key and asks for the first pieces. */
    private RawPeer signingPeer(Engine seeder, BlsPublicKey key) throws IOException {
        RawPeer peer = RawPeer.callAt(seeder.address(), payload, true, true);
        peer.say(new Message.Extended(
                0, ExtensionHandshake.encode(List.of("pbts_receipt_batch"), Map.of("pbts", entry(key)))));
        peer.say(new Message.Interested()).await(Message.Unchoke.class);
        for (int piece = 0; piece < 39; piece++) {
            for (int begin = 0; begin < PIECE; begin += Block.SIZE) {
                peer.say(new Message.Request(new Block(piece, begin, Block.SIZE)));
            }
        }
        return peer;
    }

    @Test
    void whoDoesNotSignIsSentNoMoreThanTheLimitThenChoked() throws IOException {
        ReceiptPolicy policy = new ReceiptPolicy(Ordinary.REQUIRE, 10L * PIECE, Duration.ofMillis(300));
        ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), policy);
        try (sending;
                Engine seeder = seeder(sending);
                RawPeer peer = signingPeer(seeder, LEECHER.publicKey())) {
            peer.await(Message.Choke.class);
            // One write carries eight blocks at most, and is counted when it has left.
            assertThat(sending.owedBy(LEECHER.publicKey().accountKey()))
                    .isBetween(10L * PIECE, 10L * PIECE + 9 * Block.SIZE);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void aWrongSignatureEndsTheConnectionAndPaysForNothing() throws IOException {
        ReceiptPolicy policy = ReceiptPolicy.of(Ordinary.REQUIRE);
        ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), policy);
        try (sending;
                Engine seeder = seeder(sending);
                RawPeer peer = signingPeer(seeder, LEECHER.publicKey())) {
            peer.await(Message.PieceHeader.class);
            Bytes forged = Bls.sign(LEECHER, Bytes.of(1)).bytes();
            var item = BDictionary.of(Map.of(
                    "piece_index", new BInteger(0),
                    "timestamp", new BInteger(NOON.instant().getEpochSecond()),
                    "signature", new BString(forged)));
            peer.say(new Message.Extended(1, BencodeWriter.encode(BDictionary.of(Map.of("receipts", BList.of(item))))));
            peer.awaitHangUp();
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void ordinaryClientsGetNothingWhenReceiptsAreRequired() throws IOException {
        ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), ReceiptPolicy.of(Ordinary.REQUIRE));
        try (sending;
                Engine seeder = seeder(sending);
                RawPeer peer = RawPeer.callAt(seeder.address(), payload, true, true)) {
            peer.say(new Message.Interested()).await(Message.Unchoke.class);
            peer.say(new Message.Request(new Block(0, 0, Block.SIZE)));
            assertThat(peer.await(m -> m instanceof Message.PieceHeader || m instanceof Message.Choke))
                    .isEqualTo(new Message.Choke());
        }
    }

    @Test
    void ordinaryClientsAreServedWhenReceiptsArePreferred() throws IOException {
        ReceiptExchange sending = exchange(new ReceiptSigner.OfBls(SEEDER), ReceiptPolicy.of(Ordinary.PREFER));
        try (sending;
                Engine seeder = seeder(sending);
                Client leecher = Client.start(folder.resolve("ordinary"))) {
            leecher.add(payload).meet(payload, seeder.address()).await(payload, State.SEEDING);
            assertThat(payload.isIn(folder.resolve("ordinary"))).isTrue();
        }
        assertThat(kept).isEmpty();
    }
}
