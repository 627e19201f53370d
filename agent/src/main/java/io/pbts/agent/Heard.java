package io.pbts.agent;

import io.pbts.engine.Block;
import io.pbts.engine.EngineListener;
import io.pbts.engine.Peer;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tuweni.bytes.Bytes;

/** What the engine reports: to the exchange what concerns receipts, to the user what went wrong. */
final class Heard implements EngineListener {

    /** Tells the user. */
    interface Teller {
        void tell(String event, Map<String, ?> fields, String sentence);
    }

    private final ReceiptExchange exchange;
    private final Teller teller;
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

    Heard(ReceiptExchange exchange, Teller teller) {
        this.exchange = exchange;
        this.teller = teller;
    }

    /** Why the torrent stands still, if it does. */
    Optional<String> failure() {
        return failure.get();
    }

    @Override
    public void extensionsKnown(Peer peer) {
        exchange.extensionsKnown(peer);
    }

    @Override
    public void extensionMessage(Peer peer, String extension, Bytes payload) {
        exchange.extensionMessage(peer, extension, payload);
    }

    @Override
    public void blockSent(Peer peer, Block block) {
        exchange.blockSent(peer, block);
    }

    @Override
    public void pieceVerified(TorrentId torrent, int piece, int length, Set<Peer> sources) {
        exchange.pieceVerified(torrent, piece, length, sources);
    }

    @Override
    public void peerGone(Peer peer, String reason) {
        exchange.peerGone(peer, reason);
    }

    @Override
    public void torrentFailed(TorrentId torrent, String reason) {
        failure.set(Optional.of(reason));
    }

    @Override
    public void trackerFailed(TorrentId torrent, String reason) {
        teller.tell("tracker-failed", Map.of("reason", reason), "tracker: " + reason);
    }

    @Override
    public void trackerWarned(TorrentId torrent, String warning) {
        teller.tell("tracker-warned", Map.of("warning", warning), "tracker warns: " + warning);
    }
}
