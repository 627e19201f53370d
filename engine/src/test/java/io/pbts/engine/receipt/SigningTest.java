package io.pbts.engine.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.Peer;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.engine.receipt.Signing.Due;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a receiver signs, and how it comes to an agreement with the sender. */
class SigningTest {
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 300;
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 7));
    private static final BlsSecretKey SENDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey RECEIVER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));
    private static final AccountKey WALLET = new AccountKey.Wallet(
            Secp256k1SecretKey.fromBytes(Bytes32.fromHexStringLenient("0x5")).address());

    private final Metainfo torrent;
    private final Covered covered = new Covered(DOMAIN);

    SigningTest(@TempDir Path folder) throws IOException, MetainfoException {
        Path file = Files.write(folder.resolve("it"), new byte[PIECES * PIECE]);
        torrent = Metainfo.parse(
                TorrentCreator.create(file, new Wish(Optional.empty(), Optional.of(PIECE), Optional.empty(), false)));
        covered.add(torrent);
    }

    /** Somebody who hears what is said to it, if it is there. */
    private final class Hearing implements Peer {
        private final List<Map.Entry<String, Bytes>> heard = new ArrayList<>();
        private boolean gone;

        @Override
        public boolean send(String extension, Bytes payload) {
            if (!gone) {
                heard.add(Map.entry(extension, payload));
            }
            return !gone;
        }

        private long count(String message) {
            return heard.stream().filter(one -> one.getKey().equals(message)).count();
        }

        private List<Integer> pieces() {
            return heard.stream()
                    .flatMap(one -> one.getKey().equals(ReceiptMessages.MERKLE)
                            ? ReceiptMessages.readTogether(one.getValue()).orElseThrow().pieces().stream()
                            : ReceiptMessages.readReceipts(one.getValue()).orElse(List.of()).stream()
                                    .map(ReceiptMessages.Said::index))
                    .toList();
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public TorrentId torrent() {
            return torrent.id();
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(1);
        }

        @Override
        public PeerId peerId() {
            return PeerId.ofBytes(new byte[PeerId.SIZE]);
        }

        @Override
        public boolean speaks(String extension) {
            return true;
        }

        @Override
        public Optional<BDictionary> extensionHandshake() {
            return Optional.empty();
        }

        @Override
        public void reconsider() {}

        @Override
        public void disconnect(String reason) {
            throw new AssertionError(reason);
        }
    }

    private static Terms terms(AccountKey key, long debt, Attestation... attestations) {
        return new Terms(key, List.of(attestations), debt, ReceiptPolicy.MAX_BATCH);
    }

    private static Link link(Peer peer, long debt, Attestation attestation) {
        return new Link(
                peer,
                terms(RECEIVER.publicKey().accountKey(), debt, Attestation.values()),
                terms(SENDER.publicKey().accountKey(), debt, attestation),
                new Debt());
    }

    private Signing signing() {
        return signing(UnsignedPieces.FORGOTTEN);
    }

    private Signing signing(UnsignedPieces unsigned) {
        return new Signing(new ReceiptSigner.OfBls(RECEIVER), DOMAIN, covered, NOON, new SecureRandom(), unsigned);
    }

    /** What outlives a process. */
    private static final class Remembered implements UnsignedPieces {
        private final List<Piece> pieces = new ArrayList<>();

        @Override
        public List<Piece> left() {
            return List.copyOf(pieces);
        }

        @Override
        public void came(Piece piece) {
            pieces.add(piece);
        }

        @Override
        public void signed(Piece piece) {
            pieces.remove(piece);
        }
    }

    private void come(Signing signing, Link link, int from, int to) {
        for (int piece = from; piece < to; piece++) {
            covered.verified(torrent.id());
            signing.due(List.of(new Due(link, torrent.id(), piece, PIECE)));
        }
    }

    @Test
    void adaptiveSignsTheFirstAndTheLastHundredAndEveryTenthBetweenAndLeavesOutNone() {
        Hearing peer = new Hearing();
        come(signing(), link(peer, 16 << 20, Attestation.ADAPTIVE), 0, PIECES);
        assertThat(peer.count(ReceiptMessages.BATCH)).isEqualTo(200);
        assertThat(peer.count(ReceiptMessages.MERKLE)).isEqualTo(10);
        assertThat(peer.pieces())
                .containsExactlyElementsOf(IntStream.range(0, PIECES).boxed().toList());
    }

    @Test
    void aBatchIsSignedWhenItIsFullOrHalfOfWhatTheSenderTrustsAndAtTheEnd() {
        Hearing full = new Hearing();
        come(signing(), link(full, 16 << 20, Attestation.BATCH), 0, PIECES);
        assertThat(full.count(ReceiptMessages.MERKLE)).isEqualTo(PIECES / 64 + 1);
        covered.checked(torrent.id(), PIECES);
        Hearing half = new Hearing();
        come(signing(), link(half, 20 * PIECE, Attestation.BATCH), 0, PIECES);
        assertThat(half.count(ReceiptMessages.MERKLE)).isEqualTo(PIECES / 10);
        assertThat(half.pieces()).hasSize(PIECES);
    }

    @Test
    void aSessionIsCertifiedOncePerConnection() {
        Hearing peer = new Hearing();
        come(signing(), link(peer, 16 << 20, Attestation.SESSION), 0, 5);
        assertThat(peer.count(ReceiptMessages.SESSION)).isEqualTo(1);
        assertThat(peer.count(ReceiptMessages.IN_SESSION)).isEqualTo(5);
    }

    @Test
    void whatCouldNotBeToldIsToldOnTheNextConnectionOfTheAccount() {
        for (Attestation attestation : Attestation.values()) {
            Hearing gone = new Hearing();
            gone.gone = true;
            Signing signing = signing();
            come(signing, link(gone, 16 << 20, attestation), 0, 5);
            signing.settle(torrent.id());
            Hearing back = new Hearing();
            signing.linked(link(back, 16 << 20, attestation));
            signing.settle(torrent.id());
            assertThat(back.pieces()).as(attestation.name()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void whatIsVerifiedAfterItsConnectionHasEndedIsSignedForOnTheNextOne() {
        for (Attestation attestation : Attestation.values()) {
            Signing signing = signing();
            Link ended = link(new Hearing(), 16 << 20, attestation);
            signing.linked(ended);
            signing.ended(ended.end());
            Hearing back = new Hearing();
            signing.linked(link(back, 16 << 20, attestation));
            come(signing, ended, 0, 5);
            signing.settle(torrent.id());
            assertThat(back.pieces()).as(attestation.name()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    /** An account may send from two machines. */
    @Test
    void ofTwoConnectionsOfAnAccountTheOneThatIsThereIsTold() {
        for (Attestation attestation : Attestation.values()) {
            Signing signing = signing();
            Hearing stays = new Hearing();
            Link first = link(stays, 16 << 20, attestation);
            Hearing gone = new Hearing();
            Link second = link(gone, 16 << 20, attestation);
            signing.linked(first);
            signing.linked(second);
            gone.gone = true;
            signing.ended(second.end());
            come(signing, first, 0, 5);
            signing.settle(torrent.id());
            assertThat(stays.pieces()).as(attestation.name()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void whatAKilledProcessOwedIsSignedForByTheNextOneAndThenForgotten() {
        for (Attestation attestation : Attestation.values()) {
            Remembered remembered = new Remembered();
            Hearing gone = new Hearing();
            gone.gone = true;
            come(signing(remembered), link(gone, 16 << 20, attestation), 0, 5);
            Signing next = signing(remembered);
            Hearing back = new Hearing();
            next.linked(link(back, 16 << 20, attestation));
            next.linked(link(back, 16 << 20, attestation));
            next.tick();
            assertThat(back.pieces()).as(attestation.name()).containsExactly(0, 1, 2, 3, 4);
            assertThat(remembered.pieces).isEmpty();
        }
    }

    @Test
    void theSendersFavouriteThatTheReceiverKnowsIsAgreedOn() {
        AccountKey bls = SENDER.publicKey().accountKey();
        Terms sender = terms(bls, 1, Attestation.SESSION, Attestation.BATCH, Attestation.EACH);
        assertThat(sender.agreedWith(terms(bls, 1, Attestation.values()))).isEqualTo(Attestation.SESSION);
        assertThat(sender.agreedWith(terms(WALLET, 1, Attestation.values())))
                .as("a wallet certifies no session")
                .isEqualTo(Attestation.BATCH);
        assertThat(sender.agreedWith(terms(bls, 1, Attestation.ADAPTIVE))).isEqualTo(Attestation.EACH);
    }

    @Test
    void whatASenderCanLoseIsItsLimitOrSomePiecesAndOneWrite() {
        ReceiptPolicy policy = new ReceiptPolicy(ReceiptPolicy.Ordinary.REQUIRE, 16 << 20, Duration.ofSeconds(5));
        for (Attestation attestation : Attestation.values()) {
            assertThat(policy.worstLoss(attestation, 256 << 10)).isEqualTo((16 << 20) + (144 << 10));
        }
        assertThat(policy.worstLoss(Attestation.BATCH, 8 << 20)).isEqualTo((32 << 20) + (144 << 10));
        assertThat(policy.worstLoss(Attestation.ADAPTIVE, 8 << 20)).isEqualTo((112 << 20) + (144 << 10));
    }
}
