package io.pbts.receipt.ledger;

import io.pbts.protocol.torrent.TorrentId;
import java.util.Comparator;
import org.apache.tuweni.bytes.Bytes;

/**
 * What is paid for once: a piece of a torrent, by a receiver, in one download of it. Ordered, because rows are inserted in
 * this order by everybody: two reports that overlap then wait for each other and never in a circle.
 *
 * @param download 0, or the number of a further download that the receiver opened
 */
public record LedgerKey(TorrentId torrent, long receiver, int download, long index) implements Comparable<LedgerKey> {
    private static final Comparator<LedgerKey> ORDER = Comparator.<LedgerKey, Bytes>comparing(
                    key -> key.torrent().bytes())
            .thenComparingLong(LedgerKey::receiver)
            .thenComparingInt(LedgerKey::download)
            .thenComparingLong(LedgerKey::index);

    @Override
    public int compareTo(LedgerKey other) {
        return ORDER.compare(this, other);
    }
}
