package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.storage.PieceStore;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.ProtocolViolation;
import java.util.Collection;
import org.apache.tuweni.bytes.Bytes;

/** What a peer's messages change. Guarded by its swarm. */
final class Conversation {

    private final PieceStore store;
    private final Downloads downloads;
    private final Choker choker;
    private final Greeting greeting;
    private final Collection<PeerState> peers;

    /**
     * For the peers of one swarm.
     *
     * @param peers a view of those that are connected
     */
    Conversation(PieceStore store, Downloads downloads, Choker choker, Greeting greeting, Collection<PeerState> peers) {
        this.store = store;
        this.downloads = downloads;
        this.choker = choker;
        this.greeting = greeting;
        this.peers = peers;
    }

    /** The peer has said something. */
    void heard(PeerState peer, Message message) throws ProtocolViolation {
        switch (message) {
            case Message.Choke() -> downloads.choked(peer);
            case Message.Unchoke() -> peer.chokesUs = false;
            case Message.Interested() -> {
                peer.wantsUs = true;
                choker.wants(peer, peers);
            }
            case Message.NotInterested() -> {
                peer.wantsUs = false;
                peer.connection.choke();
            }
            case Message.Have(int piece) -> downloads.gained(peer, piece);
            // BEP 3 and BEP 6 let these be said first only; aria2 says them again instead of twenty times what it has
            // got.
            case Message.Bitfield(Bytes bits) -> downloads.gained(peer, greeting.read(bits));
            case Message.HaveAll() -> {
                requireFast(peer);
                downloads.gained(peer);
            }
            case Message.HaveNone() -> requireFast(peer);
            case Message.Request(Block block) -> serve(peer, block);
            case Message.Cancel(Block block) -> peer.connection.cancel(block);
            case Message.Reject(Block block) -> {
                requireFast(peer);
                downloads.refused(peer, block);
            }
            default -> {}
        }
        downloads.ask(peer);
    }

    private static void requireFast(PeerState peer) throws ProtocolViolation {
        if (!peer.connection.isFast()) {
            throw new ProtocolViolation("a message of BEP 6 without its bit");
        }
    }

    private void serve(PeerState peer, Block block) throws ProtocolViolation {
        if (!downloads.has(block.piece()) || block.begin() > store.lengthOf(block.piece()) - block.length()) {
            throw new ProtocolViolation("asked for what we do not have");
        }
        peer.connection.serve(block);
    }
}
