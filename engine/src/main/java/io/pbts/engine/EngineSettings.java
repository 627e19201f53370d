package io.pbts.engine;

import io.pbts.protocol.bencode.BencodeValue;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the engine runs.
 *
 * @param listen where peers may connect; port 0 takes a free one
 * @param stateFolder where it remembers which pieces are there
 * @param maxPeers connections in all
 * @param maxPeersPerTorrent connections of one torrent
 * @param uploadSlots peers of one torrent that are served at a time
 * @param bufferBytes memory for pieces that are not yet on disk; raised to two pieces when it is less
 * @param uploadLimit bytes a second over all torrents; 0 for no limit
 * @param downloadLimit bytes a second over all torrents; 0 for no limit
 * @param extensions names of the extension messages that are understood (BEP 10), numbered from 1 in this order
 * @param handshakeEntries what else the extension handshake says
 */
public record EngineSettings(
        InetSocketAddress listen,
        Path stateFolder,
        int maxPeers,
        int maxPeersPerTorrent,
        int uploadSlots,
        long bufferBytes,
        long uploadLimit,
        long downloadLimit,
        List<String> extensions,
        Map<String, BencodeValue> handshakeEntries) {

    public EngineSettings {
        if (maxPeers < 1 || maxPeersPerTorrent < 1 || uploadSlots < 1) {
            throw new IllegalArgumentException("an engine needs peers and slots");
        }
        if (bufferBytes < 1 || uploadLimit < 0 || downloadLimit < 0) {
            throw new IllegalArgumentException("buffers and limits are not negative");
        }
        extensions = List.copyOf(extensions);
        handshakeEntries = Map.copyOf(handshakeEntries);
    }

    /** 200 peers, 50 a torrent, 8 upload slots, 64 MiB of buffers, no limits, no extensions. */
    public static EngineSettings of(InetSocketAddress listen, Path stateFolder) {
        return new EngineSettings(listen, stateFolder, 200, 50, 8, 64L << 20, 0, 0, List.of(), Map.of());
    }

    /** With other limits, in bytes a second; 0 for none. */
    public EngineSettings withLimits(long upload, long download) {
        return new EngineSettings(
                listen,
                stateFolder,
                maxPeers,
                maxPeersPerTorrent,
                uploadSlots,
                bufferBytes,
                upload,
                download,
                extensions,
                handshakeEntries);
    }

    /** With extension messages to understand and entries for the extension handshake. */
    public EngineSettings withExtensions(List<String> names, Map<String, BencodeValue> entries) {
        return new EngineSettings(
                listen,
                stateFolder,
                maxPeers,
                maxPeersPerTorrent,
                uploadSlots,
                bufferBytes,
                uploadLimit,
                downloadLimit,
                names,
                entries);
    }
}
