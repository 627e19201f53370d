package io.pbts.engine.receipt;

import io.pbts.engine.receipt.ReceiptMessages.Said;
import io.pbts.engine.receipt.ReceiptMessages.SaidTogether;
import io.pbts.engine.receipt.UnsignedPieces.Piece;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.TorrentId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What we owe signatures for, and when they are due. Kept by account: what could not be told on a connection that has ended
 * is told on the next one with the same account.
 */
final class Signing {

    private static final int MAX_ROUTES = 10_000;
    private static final long SESSION_SECONDS = 3_600;

    /** How long a piece waits for others that share its signature. */
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long ADAPTIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A piece that a peer sent us and is to be signed for, on that connection or on a later one with the account. */
    record Due(Link link, TorrentId torrent, int piece, int length) {}

    private record Route(AccountKey sender, TorrentId torrent) {}

    private static final class Owed {
        private Link link;
        private final List<Integer> pieces = new ArrayList<>();
        private long bytes;
        private long since;
        private long seen;

        private Owed(Link link) {
            this.link = link;
        }
    }

    private final ReceiptSigner signer;
    private final ReceiptDomain domain;
    private final Covered covered;
    private final Clock clock;
    private final SecureRandom random;
    private final UnsignedPieces unsigned;
    private final Map<Route, List<Integer>> left = new HashMap<>();
    private final LongAdder signed = new LongAdder();
    private final Map<Route, Owed> owed = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Route, Owed> eldest) {
            return size() > MAX_ROUTES;
        }
    };

    Signing(
            ReceiptSigner signer,
            ReceiptDomain domain,
            Covered covered,
            Clock clock,
            SecureRandom random,
            UnsignedPieces unsigned) {
        this.signer = signer;
        this.domain = domain;
        this.covered = covered;
        this.clock = clock;
        this.random = random;
        this.unsigned = unsigned;
        for (Piece piece : unsigned.left()) {
            left.computeIfAbsent(new Route(piece.sender(), piece.torrent()), _ -> new ArrayList<>())
                    .add(piece.index());
        }
    }

    /** Pieces that were signed for, and their peers told. */
    long signed() {
        return signed.sum();
    }

    /** From now on the account is told by this connection, also of what an earlier process has left. */
    synchronized void linked(Link link) {
        Route route = new Route(link.theirs().key(), link.peer().torrent());
        Owed account = owed.computeIfAbsent(route, _ -> new Owed(link));
        account.link = link;
        List<Integer> before = covered.contains(route.torrent) ? left.remove(route) : null;
        if (before != null) {
            account.pieces.addAll(before);
            account.bytes += before.size() * covered.pieceLength(route.torrent);
        }
    }

    /** The connection has ended. What is owed stays; of an account that never sent a piece nothing is kept. */
    synchronized void ended(Link link) {
        Route route = new Route(link.theirs().key(), link.peer().torrent());
        Owed account = owed.get(route);
        if (account != null && account.link == link && account.seen == 0 && account.pieces.isEmpty()) {
            owed.remove(route);
        }
    }

    /** Pieces have come; those are signed for that are to be signed for now. */
    synchronized void due(List<Due> due) {
        Set<Route> touched = new LinkedHashSet<>();
        for (Due one : due) {
            Route route = new Route(one.link.theirs().key(), one.torrent);
            Owed account = owed.computeIfAbsent(route, _ -> new Owed(one.link));
            if (account.pieces.isEmpty()) {
                account.since = System.nanoTime();
            }
            if (!one.link.isEnded()) {
                account.link = one.link;
            }
            unsigned.came(new Piece(route.sender, route.torrent, one.piece));
            account.pieces.add(one.piece);
            account.bytes += one.length;
            account.seen++;
            touched.add(route);
            if (isRipe(route, account)) {
                sign(route, account);
            }
        }
        for (Route route : touched) {
            Owed account = owed.get(route);
            if (account != null && (isOneByOne(account.link) || covered.missing(route.torrent) == 0)) {
                sign(route, account);
            }
        }
    }

    private static boolean isOneByOne(Link link) {
        return switch (link.signs()) {
            case EACH, SESSION -> true;
            case ADAPTIVE, BATCH -> false;
        };
    }

    /** Whether the next signature must not wait for another piece. */
    private boolean isRipe(Route route, Owed account) {
        int pieces = account.pieces.size();
        return switch (account.link.signs()) {
            case EACH, SESSION -> pieces >= ReceiptMessages.MAX_BATCH;
            case ADAPTIVE ->
                pieces >= Attestation.STRIDE
                        || account.seen <= Attestation.DENSE
                        || covered.missing(route.torrent) < Attestation.DENSE;
            case BATCH -> {
                Terms theirs = account.link.theirs();
                long limit = Attestation.BATCH.limit(theirs.debtLimit(), covered.pieceLength(route.torrent));
                yield pieces >= theirs.batch() || account.bytes * 2 >= limit;
            }
        };
    }

    /** Signs for what has waited long enough. */
    synchronized void tick() {
        long now = System.nanoTime();
        owed.forEach((route, account) -> {
            long patience = account.link.signs() == Attestation.ADAPTIVE ? ADAPTIVE_NANOS : BATCH_NANOS;
            if (!account.pieces.isEmpty() && now - account.since >= patience) {
                account.since = now;
                sign(route, account);
            }
        });
    }

    /** Signs for all that is owed for a torrent. */
    synchronized void settle(TorrentId torrent) {
        owed.forEach((route, account) -> {
            if (route.torrent.equals(torrent)) {
                sign(route, account);
            }
        });
    }

    private void sign(Route route, Owed account) {
        int most =
                switch (account.link.signs()) {
                    case EACH, SESSION -> ReceiptMessages.MAX_BATCH;
                    case ADAPTIVE ->
                        Math.min(Attestation.STRIDE, account.link.theirs().batch());
                    case BATCH -> account.link.theirs().batch();
                };
        while (!account.pieces.isEmpty()) {
            List<Integer> some = account.pieces.subList(0, Math.min(most, account.pieces.size()));
            if (!say(route, account.link, List.copyOf(some))) {
                return;
            }
            signed.add(some.size());
            some.forEach(piece -> unsigned.signed(new Piece(route.sender, route.torrent, piece)));
            some.clear();
        }
        account.bytes = 0;
    }

    /** Whether the peer is there to hear it. */
    private boolean say(Route route, Link link, List<Integer> pieces) {
        long now = clock.instant().getEpochSecond();
        List<ReceiptV2> receipts = covered.receipts(route.torrent, pieces, route.sender, signer.key(), now)
                .orElseThrow();
        return switch (link.signs()) {
            case EACH -> sayEach(link, pieces, receipts);
            case ADAPTIVE ->
                pieces.size() == 1 ? sayEach(link, pieces, receipts) : sayTogether(link, pieces, receipts, now);
            case BATCH -> sayTogether(link, pieces, receipts, now);
            case SESSION -> sayInSession(link, pieces, receipts, now);
        };
    }

    private boolean sayEach(Link link, List<Integer> pieces, List<ReceiptV2> receipts) {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            ReceiptV2 receipt = receipts.get(i);
            said.add(new Said(pieces.get(i), receipt.timestamp(), signer.sign(receipt)));
        }
        return link.peer().send(ReceiptMessages.BATCH, ReceiptMessages.receipts(said));
    }

    private boolean sayTogether(Link link, List<Integer> pieces, List<ReceiptV2> receipts, long now) {
        Bytes signature = signer.sign(BatchStatement.over(domain, signer.key(), receipts));
        return link.peer()
                .send(ReceiptMessages.MERKLE, ReceiptMessages.together(new SaidTogether(pieces, now, signature)));
    }

    private boolean sayInSession(Link link, List<Integer> pieces, List<ReceiptV2> receipts, long now) {
        Optional<Link.Signed> session = session(link, receipts.getFirst(), now);
        if (session.isEmpty()) {
            return false;
        }
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            ReceiptV2 receipt = receipts.get(i);
            Bytes signature = session.get().key().signCompact(SessionCertificate.digest(receipt));
            said.add(new Said(pieces.get(i), receipt.timestamp(), signature));
        }
        return link.peer().send(ReceiptMessages.IN_SESSION, ReceiptMessages.receipts(said));
    }

    /** The connection's session, begun when there is none for this second; empty when the peer has gone. */
    private Optional<Link.Signed> session(Link link, ReceiptV2 receipt, long now) {
        Link.Signed known = link.signed();
        if (known != null
                && now >= known.session().from()
                && now <= known.session().to()) {
            return Optional.of(known);
        }
        Link.Signed begun = begin(receipt, now);
        if (!link.peer().send(ReceiptMessages.SESSION, ReceiptMessages.session(begun.session()))) {
            return Optional.empty();
        }
        link.began(begun);
        return Optional.of(begun);
    }

    private Link.Signed begin(ReceiptV2 receipt, long now) {
        if (!(signer instanceof ReceiptSigner.OfBls ours)) {
            throw new IllegalStateException("only BLS keys certify sessions");
        }
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(Bytes32.wrap(randomBytes()));
        var certificate = new SessionCertificate(
                domain,
                Bytes32.wrap(randomBytes()),
                receipt.infoHash(),
                receipt.sender(),
                ours.key(),
                key.publicKey().bytes(),
                now,
                now + SESSION_SECONDS);
        StatedSession session = new StatedSession(
                certificate.infoHash(),
                certificate.sender(),
                certificate.receiver(),
                certificate.sessionId(),
                certificate.sessionKey(),
                certificate.from(),
                certificate.to(),
                Bls.sign(ours.secret(), certificate.signedBytes()).bytes());
        return new Link.Signed(session, key);
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[Bytes32.SIZE];
        random.nextBytes(bytes);
        return bytes;
    }
}
