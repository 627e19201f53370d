package io.pbts.receipt.ledger;

import io.pbts.protocol.torrent.TorrentId;
import java.util.Comparator;

/**
 * What is paid for once: a piece of a torrent, by a receiver. Ordered, because rows are inserted in this order by everybody:
 * two reports that overlap then wait for each other and never in a circle.
 */
public record LedgerKey(TorrentId torrent, long receiver, long index) implements Comparable<LedgerKey> {
    private static final Comparator<LedgerKey> ORDER = Comparator.comparing(LedgerKey::hex)
            .thenComparingLong(LedgerKey::receiver)
            .thenComparingLong(LedgerKey::index);

    @Override
    public int compareTo(LedgerKey other) {
        return ORDER.compare(this, other);
    }

    private String hex() {
        return torrent.hex();
    }
}
