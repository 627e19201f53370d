package io.pbts.engine.receipt;

import io.pbts.engine.Block;
import io.pbts.engine.EngineListener;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.Peer;
import io.pbts.engine.ServeGate;
import io.pbts.engine.receipt.Verification.Claim;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.tuweni.bytes.Bytes;

/**
 * Signs for what comes in and serves those who sign for what goes out. Plugged into an engine as its gate and its listener.
 * Signing and verifying happen in batches on threads of their own, one each, off the threads that move bytes.
 */
public final class ReceiptExchange implements EngineListener, ServeGate, AutoCloseable {

    private final ReceiptSigner signer;
    private final ReceiptDomain domain;
    private final ReceiptPolicy policy;
    private final ReceiptSink sink;
    private final Clock clock;
    private final Debts debts = new Debts();
    private final Map<TorrentId, Metainfo> torrents = new ConcurrentHashMap<>();
    private final Map<Peer, AccountKey> accounts = new ConcurrentHashMap<>();
    private final Map<Peer, Long> overSince = new ConcurrentHashMap<>();
    private final LongAdder unsignable = new LongAdder();
    private final Verification verification = new Verification(new SecureRandom());
    private final Batches<Claim> incoming = new Batches<>("pbts-verify", this::verify);
    private final Batches<Due> outgoing = new Batches<>("pbts-sign", this::sign);

    /** A piece that a peer sent us and is to be signed for. */
    private record Due(Peer peer, AccountKey sender, TorrentId torrent, int piece) {}

    public ReceiptExchange(
            ReceiptSigner signer, ReceiptDomain domain, ReceiptPolicy policy, ReceiptSink sink, Clock clock) {
        this.signer = signer;
        this.domain = domain;
        this.policy = policy;
        this.sink = sink;
        this.clock = clock;
    }

    /** Settings with what peers must be told of receipts. */
    public EngineSettings announcedIn(EngineSettings settings) {
        return policy.ordinary() == ReceiptPolicy.Ordinary.OFF
                ? settings
                : settings.withExtensions(
                        List.of(ReceiptMessages.BATCH),
                        Map.of(ReceiptMessages.ENTRY, ReceiptMessages.entry(signer.key(), domain)));
    }

    /** Receipts of this torrent are exchanged. To be said before the engine takes part in it. */
    public void cover(Metainfo metainfo) {
        torrents.put(metainfo.id(), metainfo);
    }

    /** Pieces that came from several peers, for which nobody is owed a signature. */
    public long unsignable() {
        return unsignable.sum();
    }

    /** Bytes that an account has been sent and has not signed for. */
    public long owedBy(AccountKey receiver) {
        return debts.owed(receiver);
    }

    @Override
    public void extensionsKnown(Peer peer) {
        ReceiptMessages.account(peer, domain)
                .filter(key -> !key.equals(signer.key()))
                .ifPresent(key -> accounts.put(peer, key));
        peer.reconsider();
    }

    @Override
    public void peerGone(Peer peer, String reason) {
        accounts.remove(peer);
        overSince.remove(peer);
    }

    @Override
    public boolean takesWholePieces(Peer peer) {
        return accounts.containsKey(peer);
    }

    @Override
    public boolean prefers(Peer peer) {
        return accounts.containsKey(peer);
    }

    @Override
    public Verdict mayServe(Peer peer, int piece) {
        if (policy.ordinary() == ReceiptPolicy.Ordinary.OFF) {
            return Verdict.YES;
        }
        AccountKey receiver = accounts.get(peer);
        if (receiver == null) {
            return policy.ordinary() == ReceiptPolicy.Ordinary.REQUIRE ? Verdict.CHOKE : Verdict.YES;
        }
        if (debts.owed(receiver) < limit(peer)) {
            overSince.remove(peer);
            debts.begun(receiver, peer.torrent(), piece);
            return Verdict.YES;
        }
        long now = System.nanoTime();
        long since = overSince.computeIfAbsent(peer, _ -> now);
        return now - since > policy.chokeAfter().toNanos() ? Verdict.CHOKE : Verdict.WAIT;
    }

    private long limit(Peer peer) {
        Metainfo metainfo = torrents.get(peer.torrent());
        return Math.max(policy.debtLimit(), metainfo == null ? 0 : 4 * metainfo.pieceLength());
    }

    @Override
    public void blockSent(Peer peer, Block block) {
        AccountKey receiver = accounts.get(peer);
        if (receiver != null) {
            debts.sent(receiver, block);
        }
    }

    @Override
    public void pieceVerified(TorrentId torrent, int piece, int length, Set<Peer> sources) {
        if (sources.size() > 1) {
            unsignable.increment();
            return;
        }
        for (Peer peer : sources) {
            AccountKey sender = accounts.get(peer);
            if (sender != null && torrents.containsKey(torrent)) {
                outgoing.add(new Due(peer, sender, torrent, piece));
            }
        }
    }

    private void sign(List<Due> due) {
        Map<Peer, List<SignedReceipt>> signed = new HashMap<>();
        for (Due one : due) {
            ReceiptV2 receipt = receipt(
                            one.torrent,
                            one.piece,
                            one.sender,
                            signer.key(),
                            clock.instant().getEpochSecond())
                    .orElseThrow();
            signed.computeIfAbsent(one.peer, _ -> new ArrayList<>())
                    .add(new SignedReceipt(receipt, signer.sign(receipt)));
        }
        signed.forEach((peer, receipts) -> peer.send(ReceiptMessages.BATCH, ReceiptMessages.batch(receipts)));
    }

    /** The one receipt that fits: everything in it but the time is known to both sides. */
    private Optional<ReceiptV2> receipt(
            TorrentId torrent, long piece, AccountKey sender, AccountKey receiver, long timestamp) {
        PieceIndex index = new PieceIndex(piece);
        return Optional.ofNullable(torrents.get(torrent)).flatMap(Metainfo::v1).flatMap(v1 -> {
            PieceTable pieces = v1.pieces();
            return pieces.contains(index)
                    ? Optional.of(new ReceiptV2(
                            domain,
                            v1.infoHash(),
                            sender,
                            receiver,
                            index,
                            pieces.lengthOf(index),
                            pieces.hashOf(index),
                            timestamp))
                    : Optional.empty();
        });
    }

    @Override
    public void extensionMessage(Peer peer, String extension, Bytes payload) {
        AccountKey receiver = accounts.get(peer);
        if (receiver == null) {
            return;
        }
        Optional<List<ReceiptMessages.Said>> said = ReceiptMessages.read(payload);
        if (said.isEmpty()) {
            peer.disconnect("not a batch of receipts");
            return;
        }
        for (ReceiptMessages.Said one : said.get()) {
            Optional<ReceiptV2> receipt = receipt(peer.torrent(), one.index(), signer.key(), receiver, one.timestamp());
            // What was not sent is not paid for: whoever signs for it has another reason, and its price is a pairing.
            receipt.filter(_ -> debts.isOwed(receiver, peer.torrent(), (int) one.index()))
                    .ifPresent(fits ->
                            incoming.add(new Claim(peer, (int) one.index(), new SignedReceipt(fits, one.signature()))));
        }
    }

    private void verify(List<Claim> claims) {
        BitSet valid = verification.verify(claims);
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            ReceiptV2 receipt = claim.signed().receipt();
            if (!valid.get(i)) {
                claim.peer().disconnect("a receipt with a wrong signature");
            } else if (debts.signed(
                    receipt.receiver(),
                    claim.peer().torrent(),
                    claim.piece(),
                    receipt.length().bytes())) {
                sink.keep(claim.signed());
                claim.peer().reconsider();
            }
        }
    }

    /** Waits until all receipts that are due have been handed to the engine. To be called before it is closed. */
    public void settle() throws InterruptedException {
        outgoing.awaitIdle();
    }

    /** Signs and verifies what has come in, then stops. To be called after the engine is closed. */
    @Override
    public void close() {
        outgoing.close();
        incoming.close();
    }
}
