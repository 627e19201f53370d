package io.pbts.engine.receipt;

import io.pbts.engine.receipt.ReceiptMessages.Said;
import io.pbts.engine.receipt.ReceiptMessages.SaidSession;
import io.pbts.engine.receipt.ReceiptMessages.SaidTogether;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.TorrentId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.tuweni.bytes.Bytes;

/**
 * What peers say they have signed for: read, judged by what was agreed and by what they were sent, and handed on to be
 * verified. What breaks the rules ends the connection that it came by.
 */
final class Collecting {

    /** What a peer claims to have signed, and for which pieces of which of our torrents. */
    record Claim(Link link, List<Integer> pieces, Earned earned) {}

    private final AccountKey self;
    private final ReceiptDomain domain;
    private final Covered covered;
    private final Consumer<Claim> verifier;

    Collecting(AccountKey self, ReceiptDomain domain, Covered covered, Consumer<Claim> verifier) {
        this.self = self;
        this.domain = domain;
        this.covered = covered;
        this.verifier = verifier;
    }

    /** A message of the extension has come; on the peer's reading thread. */
    void heard(Link link, String message, Bytes payload) {
        boolean fits = ReceiptMessages.of(link.collects()).contains(message);
        if (!fits) {
            link.peer().disconnect("a receipt message that was not agreed on");
        } else if (!read(link, message, payload)) {
            link.peer().disconnect("not a " + message);
        }
    }

    private boolean read(Link link, String message, Bytes payload) {
        switch (message) {
            case ReceiptMessages.BATCH -> {
                Optional<List<Said>> said = ReceiptMessages.readReceipts(payload);
                said.ifPresent(receipts -> each(link, receipts));
                return said.isPresent();
            }
            case ReceiptMessages.MERKLE -> {
                Optional<SaidTogether> said = ReceiptMessages.readTogether(payload)
                        .filter(batch -> batch.pieces().size() <= link.ours().batch());
                said.ifPresent(batch -> together(link, batch));
                return said.isPresent();
            }
            case ReceiptMessages.SESSION -> {
                Optional<SaidSession> said = ReceiptMessages.readSession(payload);
                said.ifPresent(session -> begin(link, session));
                return said.isPresent();
            }
            default -> {
                Optional<List<Said>> said = ReceiptMessages.readReceipts(payload);
                said.ifPresent(receipts -> inSession(link, receipts));
                return said.isPresent();
            }
        }
    }

    /** What was not sent is not paid for: whoever signs for it has another reason, and its price is a pairing. */
    private boolean isOwed(Link link, int piece) {
        return link.debt().isOwed(link.peer().torrent(), piece);
    }

    private void passOver(Link link) {
        if (!link.excuse()) {
            link.peer().disconnect("too many receipts for what was not sent");
        }
    }

    private void each(Link link, List<Said> said) {
        boolean inVain = true;
        for (Said one : said) {
            Optional<ReceiptV2> receipt = receipt(link, one).filter(_ -> isOwed(link, one.index()));
            receipt.ifPresent(fits -> claim(link, List.of(one.index()), new SignedReceipt(fits, one.signature())));
            inVain &= receipt.isEmpty();
        }
        if (inVain) {
            passOver(link);
        }
    }

    private Optional<ReceiptV2> receipt(Link link, Said said) {
        return covered.receipt(
                link.peer().torrent(), said.index(), self, link.theirs().key(), said.timestamp());
    }

    private void claim(Link link, List<Integer> pieces, Earned earned) {
        verifier.accept(new Claim(link, pieces, earned));
    }

    private void together(Link link, SaidTogether said) {
        TorrentId torrent = link.peer().torrent();
        Optional<List<ReceiptV2>> receipts =
                covered.receipts(torrent, said.pieces(), self, link.theirs().key(), said.timestamp());
        if (receipts.isPresent() && said.pieces().stream().anyMatch(piece -> isOwed(link, piece))) {
            claim(link, said.pieces(), new Earned.Batch(receipts.get(), said.signature()));
        } else {
            passOver(link);
        }
    }

    /** A session's certificate is verified at once, since what follows is worth nothing without it. */
    private void begin(Link link, SaidSession said) {
        if (!link.mayBegin()) {
            link.peer().disconnect("too many sessions");
            return;
        }
        Optional<Link.Verified> session = verified(link, said);
        session.ifPresentOrElse(link::began, () -> link.peer().disconnect("a session that nobody has certified"));
    }

    private Optional<Link.Verified> verified(Link link, SaidSession said) {
        boolean isSession = said.key().size() == SessionCertificate.SESSION_KEY_SIZE
                && said.to() >= said.from()
                && said.to() - said.from() <= SessionCertificate.MAX_SECONDS;
        Optional<ReceiptV2> any =
                covered.receipt(link.peer().torrent(), 0, self, link.theirs().key(), said.from());
        if (!isSession || any.isEmpty() || !(link.theirs().key() instanceof AccountKey.Bls receiver)) {
            return Optional.empty();
        }
        StatedSession session = new StatedSession(
                any.get().infoHash(), self, receiver, said.id(), said.key(), said.from(), said.to(), said.signature());
        Optional<BlsPublicKey> point = BlsPublicKey.parse(receiver.bytes());
        Optional<BlsSignature> signature = BlsSignature.parse(said.signature());
        boolean certified = point.isPresent()
                && signature.isPresent()
                && Bls.verify(point.get(), session.certificate(domain).signedBytes(), signature.get());
        return certified
                ? Secp256k1PublicKey.parse(said.key()).map(key -> new Link.Verified(session, key))
                : Optional.empty();
    }

    private void inSession(Link link, List<Said> said) {
        Link.Verified current = link.verified();
        if (current == null) {
            link.peer().disconnect("receipts of a session that has not begun");
            return;
        }
        SessionCertificate certificate = current.session().certificate(domain);
        boolean inVain = true;
        for (Said one : said) {
            Optional<ReceiptV2> receipt = receipt(link, one);
            if (receipt.filter(certificate::covers).isEmpty()) {
                link.peer().disconnect("a receipt outside of its session");
                return;
            }
            if (isOwed(link, one.index())) {
                inVain = false;
                claim(
                        link,
                        List.of(one.index()),
                        new Earned.InSession(current.session(), receipt.get(), one.signature()));
            }
        }
        if (inVain) {
            passOver(link);
        }
    }

    /** Whether the claim pays for something that was not paid for before. */
    boolean isNew(Claim claim) {
        return claim.pieces().stream().anyMatch(piece -> isOwed(claim.link(), piece));
    }

    /** What the claim is for is owed no longer. It has been verified and kept. */
    void settle(Claim claim) {
        for (int i = 0; i < claim.pieces().size(); i++) {
            ReceiptV2 receipt = claim.earned().receipts().get(i);
            claim.link()
                    .debt()
                    .signed(
                            claim.link().peer().torrent(),
                            claim.pieces().get(i),
                            receipt.length().bytes());
        }
    }
}
