package io.pbts.receipt.signature;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedSession;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.facts.SigningPlaces;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import io.pbts.receipt.verification.Examination;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.PostedItem;
import io.pbts.receipt.verification.PostedReceipt;
import io.pbts.receipt.verification.PostedReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** Receipts on their way to the signature check, everything but the signatures in order. */
final class Posting {
    static final Deployment DEPLOYMENT =
            new Deployment(Neighbours.CHAIN_ID, EthereumAddress.parse(Neighbours.SETTLEMENT), World.INSTANCE);
    /** Where the tracker settled before. */
    static final Deployment EARLIER = new Deployment(
            Neighbours.CHAIN_ID, EthereumAddress.parse("0x00000000000000000000000000000000000e4a11"), World.INSTANCE);

    static final TestTorrent TORRENT = TestTorrent.v1("signed", 300, 1 << 20, 300L << 20);
    static final long NOW = 1_763_600_000L;

    private final AccountKey sender;
    private final Map<AccountKey, KnownKey> keys = new HashMap<>();
    private final List<PostedItem> items = new ArrayList<>();
    private final List<Bytes> batches = new ArrayList<>();
    private final List<Optional<StatedSession>> sessions = new ArrayList<>();
    private final List<Plausible> open = new ArrayList<>();
    private Optional<Bytes> aggregate = Optional.empty();

    Posting(AccountKey sender) {
        this.sender = sender;
        know(sender, true);
    }

    Posting know(AccountKey key, boolean proven) {
        keys.put(
                key,
                new KnownKey(
                        new Account(keys.size() + 1, "p" + keys.size(), key.chainAccount()), proven, Optional.empty()));
        return this;
    }

    static ReceiptV2 receipt(AccountKey sender, AccountKey receiver, int piece) {
        return receipt(DEPLOYMENT, sender, receiver, piece);
    }

    private static ReceiptV2 receipt(Deployment place, AccountKey sender, AccountKey receiver, int piece) {
        PieceIndex index = new PieceIndex(piece);
        var pieces = TORRENT.v1().pieces();
        return new ReceiptV2(
                place.domain(),
                TORRENT.v1().infoHash(),
                sender,
                receiver,
                index,
                pieces.lengthOf(index),
                pieces.hashOf(index),
                NOW);
    }

    /** Posts a receipt for a piece, which would count. */
    Plausible post(AccountKey receiver, int piece, Proof proof) {
        Plausible plausible = plausible(receipt(sender, receiver, piece), proof);
        open.add(plausible);
        return plausible;
    }

    /** The same, signed for the contract of before. */
    void postForEarlierPlace(AccountKey receiver, int piece, Proof proof) {
        open.add(plausible(receipt(EARLIER, sender, receiver, piece), proof));
    }

    /** Posts a receipt that another rule refuses: it is part of what was signed and of nothing else. */
    void postRefused(AccountKey receiver, int piece, Proof proof) {
        plausible(receipt(sender, receiver, piece), proof);
    }

    private Plausible plausible(ReceiptV2 receipt, Proof proof) {
        ReceiptKind kind = receipt.kind();
        items.add(new PostedReceipt(
                kind,
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index().value(),
                Optional.of(receipt.length().bytes()),
                receipt.pieceHash(),
                receipt.timestamp(),
                proof,
                Optional.of(receipt.domain())));
        return new Plausible(
                TORRENT.torrent().id(),
                keys.get(receipt.sender()),
                keys.get(receipt.receiver()),
                0,
                receipt.length().bytes(),
                receipt,
                proof);
    }

    void item(PostedItem item) {
        items.add(item);
    }

    int batch(Bytes signature) {
        batches.add(signature);
        return batches.size() - 1;
    }

    int session(StatedSession session) {
        sessions.add(Optional.of(session));
        return sessions.size() - 1;
    }

    void aggregate(Bytes signature) {
        aggregate = Optional.of(signature);
    }

    List<Plausible> open() {
        return open;
    }

    PostedReport report() {
        return new PostedReport(items, batches, sessions, aggregate);
    }

    Examination examination() {
        return new Examination(List.copyOf(open), keys, Optional.of(new SigningPlaces(DEPLOYMENT, List.of(EARLIER))));
    }

    SignedReceipts checkedBy(SignatureCheck signatures) {
        return signatures.signed(new LinkedHashSet<>(open), report(), examination());
    }
}
