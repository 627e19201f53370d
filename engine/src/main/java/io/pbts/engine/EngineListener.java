package io.pbts.engine;

import io.pbts.protocol.torrent.TorrentId;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;

/**
 * What happens in the engine. Called on the engine's threads, several at once: an implementation is quick and safe for
 * concurrent use. An exception it throws ends the connection or the torrent that it was called for.
 */
public interface EngineListener {

    /** The peer's extension handshake arrived, for the first time or anew. */
    default void extensionsKnown(Peer peer) {}

    /** A message of an extension that the engine was started with; called on the peer's reading thread. */
    default void extensionMessage(Peer peer, String extension, Bytes payload) {}

    /** The block has been handed to the operating system for this peer. */
    default void blockSent(Peer peer, Block block) {}

    /**
     * The piece has the right hash and is in its file.
     *
     * @param sources every connection a block came by, also such as have ended
     */
    default void pieceVerified(TorrentId torrent, int piece, int length, Set<Peer> sources) {}

    /** The piece had the wrong hash and is fetched anew. */
    default void pieceCorrupt(TorrentId torrent, int piece, Set<Peer> sources) {}

    default void peerGone(Peer peer, String reason) {}

    /**
     * All files have been looked through; what is missing is fetched from now on.
     *
     * @param missing pieces
     */
    default void torrentChecked(TorrentId torrent, int missing) {}

    default void torrentCompleted(TorrentId torrent) {}

    /**
     * The torrent has stopped and no more pieces come; its peers are still there for what is to be said to them at last.
     * The end waits for the answer.
     */
    default void torrentStopping(TorrentId torrent) {}

    /** The torrent stands still, because of its files; {@link Engine#resume} tries again. Told once per failure. */
    default void torrentFailed(TorrentId torrent, String reason) {}

    /** The tracker refused or could not be reached; the engine asks again by itself. */
    default void trackerFailed(TorrentId torrent, String reason) {}

    /** The tracker's {@code warning message}. */
    default void trackerWarned(TorrentId torrent, String warning) {}

    /** Hears nothing. */
    EngineListener NONE = new EngineListener() {};
}
