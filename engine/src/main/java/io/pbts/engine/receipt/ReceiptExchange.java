package io.pbts.engine.receipt;

import io.pbts.engine.Block;
import io.pbts.engine.EngineListener;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.Peer;
import io.pbts.engine.ServeGate;
import io.pbts.engine.receipt.Collecting.Claim;
import io.pbts.engine.receipt.Signing.Due;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.TorrentId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
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

    /** A fast link brings a piece of 256 KiB every third of a millisecond. */
    private static final Duration SIGNING_RESTS = Duration.ofMillis(5);

    private final Terms ours;
    private final ReceiptDomain domain;
    private final ReceiptPolicy policy;
    private final ReceiptSink sink;
    private final Covered covered;
    private final Debts debts = new Debts();
    private final Map<Peer, Link> links = new ConcurrentHashMap<>();
    private final LongAdder unsignable = new LongAdder();
    private final LongAdder signatures = new LongAdder();
    private final Verification verification;
    private final Signing signing;
    private final Collecting collecting;
    private final Batches<Claim> incoming;
    private final Batches<Due> outgoing;

    /** One that owes nothing from before and forgets what it owes at the end of the process. */
    public ReceiptExchange(
            ReceiptSigner signer, ReceiptDomain domain, ReceiptPolicy policy, ReceiptSink sink, Clock clock) {
        this(signer, domain, policy, sink, UnsignedPieces.FORGOTTEN, clock);
    }

    /**
     * One that signs for what an earlier process has left, too.
     *
     * @param sink where others' signatures go
     * @param unsigned what we owe signatures for
     */
    public ReceiptExchange(
            ReceiptSigner signer,
            ReceiptDomain domain,
            ReceiptPolicy policy,
            ReceiptSink sink,
            UnsignedPieces unsigned,
            Clock clock) {
        SecureRandom random = new SecureRandom();
        this.ours = Terms.of(signer.key(), policy);
        this.domain = domain;
        this.policy = policy;
        this.sink = sink;
        this.covered = new Covered(domain);
        this.verification = new Verification(random);
        this.signing = new Signing(signer, domain, covered, clock, random, unsigned);
        this.incoming = new Batches<>("pbts-verify", this::verify, () -> {}, Duration.ZERO);
        this.outgoing = new Batches<>("pbts-sign", signing::due, signing::tick, SIGNING_RESTS);
        this.collecting = new Collecting(signer.key(), domain, covered, incoming::add);
    }

    /** Settings with what peers must be told of receipts. */
    public EngineSettings announcedIn(EngineSettings settings) {
        return policy.ordinary() == ReceiptPolicy.Ordinary.OFF
                ? settings
                : settings.withExtensions(ReceiptMessages.ALL, Map.of(Terms.ENTRY, ours.entry(domain)));
    }

    /** Receipts of this torrent are exchanged. To be said before the engine takes part in it. */
    public void cover(Metainfo metainfo) {
        covered.add(metainfo);
    }

    /** Pieces that came from several accounts, for which nobody is owed a signature. */
    public long unsignable() {
        return unsignable.sum();
    }

    /** Receipts that were signed for pieces that came in, however many have one signature. */
    public long signed() {
        return signing.signed();
    }

    /** Signatures over receipts or batches of them that were verified and kept. */
    public long signatures() {
        return signatures.sum();
    }

    /** Bytes that an account has been sent and has not signed for. */
    public long owedBy(AccountKey receiver) {
        return debts.owed(receiver);
    }

    @Override
    public void torrentChecked(TorrentId torrent, int missing) {
        covered.checked(torrent, missing);
    }

    /** What a peer says first stands until its connection ends; a later handshake may leave it out (BEP 10). */
    @Override
    public void extensionsKnown(Peer peer) {
        terms(peer).ifPresent(terms -> {
            Link link = links.computeIfAbsent(peer, _ -> link(peer, terms));
            if (!link.theirs().equals(terms)) {
                peer.disconnect("changed its terms for receipts");
            }
            signing.linked(link);
        });
        peer.reconsider();
    }

    /** Empty when the peer does not exchange receipts, or is ourselves. */
    private Optional<Terms> terms(Peer peer) {
        return Terms.of(peer, domain).filter(terms -> !terms.key().equals(ours.key()));
    }

    private Link link(Peer peer, Terms terms) {
        return new Link(peer, ours, terms, debts.of(terms.key()));
    }

    @Override
    public void peerGone(Peer peer, String reason) {
        Link link = links.remove(peer);
        if (link != null) {
            signing.ended(link.end());
        }
    }

    @Override
    public boolean takesWholePieces(Peer peer) {
        return links.containsKey(peer);
    }

    @Override
    public boolean prefers(Peer peer) {
        return links.containsKey(peer);
    }

    @Override
    public Verdict mayServe(Peer peer, int piece) {
        if (policy.ordinary() == ReceiptPolicy.Ordinary.OFF) {
            return Verdict.YES;
        }
        Link link = links.get(peer);
        if (link == null) {
            return policy.ordinary() == ReceiptPolicy.Ordinary.REQUIRE ? Verdict.CHOKE : Verdict.YES;
        }
        if (link.debt().owed() < limit(link)) {
            link.begins(piece);
            return Verdict.YES;
        }
        return link.overFor() > policy.chokeAfter().toNanos() ? Verdict.CHOKE : Verdict.WAIT;
    }

    private long limit(Link link) {
        return link.collects()
                .limit(policy.debtLimit(), covered.pieceLength(link.peer().torrent()));
    }

    @Override
    public void blockSent(Peer peer, Block block) {
        Link link = links.get(peer);
        if (link != null) {
            link.debt().sent(peer.torrent(), block.piece(), block.length());
        }
    }

    @Override
    public void pieceVerified(TorrentId torrent, int piece, int length, Set<Peer> sources) {
        covered.verified(torrent);
        Optional<Link> sender = sender(sources);
        if (sender.isPresent() && covered.contains(torrent)) {
            outgoing.add(new Due(sender.get(), torrent, piece, length));
        } else if (sources.size() > 1) {
            unsignable.increment();
        }
    }

    /**
     * By which connection all of it came from one account: the last of several, when the account has called again. That it
     * has ended since is no reason not to sign.
     */
    private Optional<Link> sender(Set<Peer> sources) {
        Optional<Link> sender = Optional.empty();
        for (Peer peer : sources) {
            Optional<Link> link = Optional.ofNullable(links.get(peer))
                    .or(() -> terms(peer).map(terms -> link(peer, terms).end()));
            if (link.isEmpty()
                    || sender.filter(one -> !one.isWithAccountOf(link.get())).isPresent()) {
                return Optional.empty();
            }
            sender = link;
        }
        return sender;
    }

    @Override
    public void extensionMessage(Peer peer, String extension, Bytes payload) {
        Link link = links.get(peer);
        if (link != null) {
            collecting.heard(link, extension, payload);
        }
    }

    private void verify(List<Claim> claims) {
        BitSet valid = verification.verify(claims.stream().map(Claim::earned).toList());
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            Peer peer = claim.link().peer();
            if (!valid.get(i)) {
                peer.disconnect("a receipt with a wrong signature");
            } else if (collecting.isNew(claim)) {
                sink.keep(claim.earned());
                collecting.settle(claim);
                signatures.increment();
                peer.reconsider();
            }
        }
    }

    /** Signs for all that came of the torrent, so that it leaves with the connections' last messages. */
    @Override
    public void torrentStopping(TorrentId torrent) {
        try {
            outgoing.awaitAdded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        signing.settle(torrent);
    }

    /** Signs and verifies what has come in, then stops. To be called after the engine is closed. */
    @Override
    public void close() {
        outgoing.close();
        incoming.close();
    }
}
