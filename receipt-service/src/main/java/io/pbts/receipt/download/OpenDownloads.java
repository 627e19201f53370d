package io.pbts.receipt.download;

import io.pbts.protocol.torrent.TorrentId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The further downloads that some receivers opened of some torrents. */
public final class OpenDownloads {
    private record Of(TorrentId torrent, long receiver) {}

    private final Map<Of, NavigableMap<Long, Integer>> numbers = new HashMap<>();

    OpenDownloads() {}

    void add(TorrentId torrent, long receiver, long countsFrom, int number) {
        numbers.computeIfAbsent(new Of(torrent, receiver), _ -> new TreeMap<>()).merge(countsFrom, number, Math::max);
    }

    /**
     * The download that a receipt belongs to: the last one that counted when it was signed, 0 before the first.
     *
     * @param signedAt seconds since 1970
     */
    public int at(TorrentId torrent, long receiver, long signedAt) {
        NavigableMap<Long, Integer> opened = numbers.get(new Of(torrent, receiver));
        Map.Entry<Long, Integer> last = opened == null ? null : opened.floorEntry(signedAt);
        return last == null ? 0 : last.getValue();
    }
}
