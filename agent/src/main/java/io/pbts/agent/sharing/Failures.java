package io.pbts.agent.sharing;

import io.pbts.agent.cli.Trouble;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Why torrents stand still, if they do. */
final class Failures {

    private final Map<TorrentId, Trouble> torrents = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Trouble>> everywhere = new AtomicReference<>(Optional.empty());

    /** The torrent's files: its disk is full, its folder cannot be written. */
    void files(TorrentId torrent, String reason) {
        torrents.put(torrent, Trouble.failed(reason + "; what is there is kept, the same command goes on with it"));
    }

    /** The tracker wants the user to do something first. */
    void refused(TorrentId torrent, String reason, String remedy) {
        torrents.put(torrent, Trouble.refused("the tracker refused: " + reason + "; " + remedy));
    }

    /** Nothing can go on. */
    void everywhere(String reason) {
        everywhere.set(Optional.of(Trouble.failed(reason)));
    }

    /** Forgets it, for another try. */
    void forget(TorrentId torrent) {
        torrents.remove(torrent);
    }

    Optional<Trouble> of(TorrentId torrent) {
        return everywhere.get().or(() -> Optional.ofNullable(torrents.get(torrent)));
    }
}
