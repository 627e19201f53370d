package io.pbts.engine;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * A torrent to take part in.
 *
 * @param metainfo must have a v1 info hash
 * @param folder where its file or folder lies or is to lie
 * @param trackers {@code http}, {@code https} or {@code udp}, in order of preference; may hold somebody's passkey
 * @param info bytes of its info dictionary, which peers that know nothing but the hash are given (BEP 9)
 */
public record TorrentSource(Metainfo metainfo, Path folder, List<URI> trackers, Optional<Bytes> info) {

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
                metainfo.announce().map(URI::create).map(List::of).orElse(List.of()),
                Optional.empty());
    }

    /**
     * The torrent of a {@code .torrent} file, which is passed on to whoever has the hash.
     *
     * @param trackers instead of the one that the file may name
     */
    public static TorrentSource ofFile(byte[] torrent, Path folder, List<URI> trackers) throws MetainfoException {
        Metainfo metainfo = Metainfo.parse(torrent);
        try {
            Optional<Bytes> info = BencodeDecoder.decode(torrent, BencodeLimits.METAINFO) instanceof BDictionary file
                    ? file.raw("info")
                    : Optional.empty();
            return new TorrentSource(metainfo, folder, trackers, info);
        } catch (BencodeException e) {
            throw new IllegalStateException("it has been read before", e);
        }
    }

    /** Leaves the trackers out: their URLs may hold a passkey. */
    @Override
    public String toString() {
        return "TorrentSource[" + metainfo.id() + "]";
    }
}
