package io.pbts.engine.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The torrents for which receipts are exchanged, and how many pieces of each are still missing here. */
final class Covered {

    private record Torrent(Metainfo metainfo, AtomicInteger missing) {}

    private final ReceiptDomain domain;
    private final Map<TorrentId, Torrent> torrents = new ConcurrentHashMap<>();

    Covered(ReceiptDomain domain) {
        this.domain = domain;
    }

    void add(Metainfo metainfo) {
        int pieces = metainfo.v1().map(v1 -> v1.pieces().count()).orElse(0);
        torrents.put(metainfo.id(), new Torrent(metainfo, new AtomicInteger(pieces)));
    }

    boolean contains(TorrentId torrent) {
        return torrents.containsKey(torrent);
    }

    /** The files have been looked through. */
    void checked(TorrentId torrent, int missing) {
        known(torrent).ifPresent(one -> one.missing.set(missing));
    }

    /** A piece has come in. */
    void verified(TorrentId torrent) {
        known(torrent).ifPresent(one -> one.missing.decrementAndGet());
    }

    int missing(TorrentId torrent) {
        return known(torrent).map(one -> one.missing.get()).orElse(0);
    }

    long pieceLength(TorrentId torrent) {
        return known(torrent).map(one -> one.metainfo.pieceLength()).orElse(0L);
    }

    private Optional<Torrent> known(TorrentId torrent) {
        return Optional.ofNullable(torrents.get(torrent));
    }

    /** The one receipt that fits: everything in it but the time is known to both sides. */
    Optional<ReceiptV2> receipt(TorrentId torrent, int piece, AccountKey sender, AccountKey receiver, long timestamp) {
        PieceIndex index = new PieceIndex(piece);
        return known(torrent).flatMap(one -> one.metainfo.v1()).flatMap(v1 -> {
            PieceTable pieces = v1.pieces();
            return pieces.contains(index)
                    ? Optional.of(new ReceiptV2(
                            domain,
                            v1.infoHash(),
                            sender,
                            receiver,
                            index,
                            pieces.lengthOf(index),
                            pieces.hashOf(index),
                            timestamp))
                    : Optional.empty();
        });
    }

    /** As {@link #receipt} for several; empty when one of the pieces is none of the torrent's. */
    Optional<List<ReceiptV2>> receipts(
            TorrentId torrent, List<Integer> pieces, AccountKey sender, AccountKey receiver, long timestamp) {
        List<ReceiptV2> all = new ArrayList<>();
        for (int piece : pieces) {
            Optional<ReceiptV2> one = receipt(torrent, piece, sender, receiver, timestamp);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(all);
    }
}
