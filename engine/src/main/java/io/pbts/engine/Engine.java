package io.pbts.engine;

import io.pbts.engine.session.LocalEngine;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;

/**
 * A BitTorrent client without a screen (BEP 3, 6, 7, 9, 10, 15, 20, 21, 23, 27, 41). Takes part in private torrents: peers
 * come from trackers alone, there is no DHT, no exchange of peers and no discovery in the local network.
 */
public interface Engine extends AutoCloseable {

    /**
     * Starts an engine.
     *
     * @param gate decides who is served
     * @param listener hears what happens
     * @throws IOException when the address to listen at cannot be had
     */
    static Engine start(EngineSettings settings, ServeGate gate, EngineListener listener) throws IOException {
        return LocalEngine.start(settings, gate, listener);
    }

    /** Where peers connect to. */
    InetSocketAddress address();

    /**
     * Takes part in a torrent: looks through its files, then fetches what is missing and serves what is there.
     *
     * @throws IllegalArgumentException when it takes part already
     */
    void add(TorrentSource source);

    /** Tries again after the torrent has failed; nothing happens when it runs. */
    void resume(TorrentId torrent);

    /** Leaves the torrent; its files stay. Returns when all that came in is on disk and the tracker has been told. */
    void remove(TorrentId torrent);

    /** Adds peers that are known otherwise than from a tracker. */
    void addPeers(TorrentId torrent, Collection<InetSocketAddress> addresses);

    Optional<TorrentStatus> status(TorrentId torrent);

    /** Leaves all torrents, as {@link #remove} does, and stops. */
    @Override
    void close();
}
