package io.pbts.engine;

import io.pbts.protocol.torrent.Metainfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A torrent to take part in.
 *
 * @param metainfo must have a v1 info hash
 * @param folder where its file or folder lies or is to lie
 * @param trackers {@code http}, {@code https} or {@code udp}, in order of preference; may hold somebody's passkey
 */
public record TorrentSource(Metainfo metainfo, Path folder, List<URI> trackers) {

    public TorrentSource {
        trackers = List.copyOf(trackers);
        if (metainfo.v1().isEmpty()) {
            throw new IllegalArgumentException("a torrent without a v1 info hash is not supported");
        }
        for (URI tracker : trackers) {
            if (!List.of("http", "https", "udp").contains(tracker.getScheme()) || tracker.getHost() == null) {
                throw new IllegalArgumentException("a tracker is an http, https or udp URL");
            }
        }
    }

    /** With the one tracker that the metainfo file names, if it does. */
    public static TorrentSource of(Metainfo metainfo, Path folder) {
        return new TorrentSource(
                metainfo,
                folder,
                metainfo.announce().map(URI::create).map(List::of).orElse(List.of()));
    }

    /** Leaves the trackers out: their URLs may hold a passkey. */
    @Override
    public String toString() {
        return "TorrentSource[" + metainfo.id() + "]";
    }
}
