package io.pbts.agent.sharing;

import io.pbts.engine.Block;
import io.pbts.engine.EngineListener;
import io.pbts.engine.Peer;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Map;
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
    private final Failures failures;
    private final AtomicReference<String> trackerTrouble = new AtomicReference<>("");

    Heard(ReceiptExchange exchange, Failures failures, Teller teller) {
        this.exchange = exchange;
        this.failures = failures;
        this.teller = teller;
    }

    Failures failures() {
        return failures;
    }

    /** What a tracker said last or did not say; empty when none made trouble. */
    String trackerTrouble() {
        return trackerTrouble.get();
    }

    @Override
    public void extensionsKnown(Peer peer) {
        exchange.extensionsKnown(peer);
    }

    @Override
    public void torrentChecked(TorrentId torrent, int missing) {
        exchange.torrentChecked(torrent, missing);
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
    public void torrentStopping(TorrentId torrent) {
        exchange.torrentStopping(torrent);
    }

    @Override
    public void torrentFailed(TorrentId torrent, String reason) {
        failures.files(torrent, reason);
    }

    @Override
    public void pieceCorrupt(TorrentId torrent, int piece, Set<Peer> sources) {
        teller.tell(
                "wrong-piece",
                Map.of("torrent", torrent.hex(), "piece", piece),
                "piece " + piece + " came with the wrong hash and is fetched anew");
    }

    @Override
    public void trackerFailed(TorrentId torrent, String reason) {
        trackerTrouble.set(reason);
        Announcements.remedy(reason).ifPresent(remedy -> failures.refused(torrent, reason, remedy));
        teller.tell("tracker-failed", Map.of("reason", reason), "tracker: " + reason);
    }

    @Override
    public void trackerWarned(TorrentId torrent, String warning) {
        teller.tell("tracker-warned", Map.of("warning", warning), "tracker warns: " + warning);
    }
}
