package io.pbts.engine;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A connected client. Stays a valid name after the connection has ended; then nothing is sent any more. */
public interface Peer {

    /** Unique within the engine's life. */
    long id();

    TorrentId torrent();

    InetSocketAddress address();

    PeerId peerId();

    /** Whether it announced the extension by this name (BEP 10). */
    boolean speaks(String extension);

    /** What its extension handshake said; empty before it came, or when the peer knows no extensions. */
    Optional<BDictionary> extensionHandshake();

    /**
     * Sends an extension message, if the peer announced it and is still there.
     *
     * @param payload at most 64 KiB
     * @return whether the message is on its way
     */
    boolean send(String extension, Bytes payload);

    /** Asks the {@link ServeGate} anew: its verdict about this peer may have changed. */
    void reconsider();

    /** Ends the connection. */
    void disconnect(String reason);
}
