package io.pbts.engine.receipt;

import io.pbts.protocol.torrent.TorrentId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What one account has been sent and has not signed for, counted from bytes that left. A signature settles what was sent of its
 * piece, also what was lost with a connection and sent again, up to some times its length. A small part of what was signed is
 * forgiven on top: an honest receiver cannot sign for pieces that it got from several accounts.
 */
final class Debt {

    /** One byte in so many. */
    private static final int FORGIVEN = 64;

    /** A signature settles at most so many times its piece. */
    private static final int TIMES_SENT = 4;

    private static final class Pieces {
        private final BitSet begun = new BitSet();
        private final BitSet settled = new BitSet();
        /** Bytes of each piece that is not settled; blocks of one piece are far fewer than an int counts. */
        private int[] sent = new int[64];

        private void sent(int piece, int bytes) {
            if (piece >= sent.length) {
                sent = Arrays.copyOf(sent, Math.max(piece + 1, 2 * sent.length));
            }
            sent[piece] = (int) Math.min((long) sent[piece] + bytes, Integer.MAX_VALUE);
        }

        private long settle(int piece, long length) {
            settled.set(piece);
            long all = piece < sent.length ? sent[piece] : 0;
            // The last block's bytes may not have been told of yet.
            return Math.clamp(all, length, TIMES_SENT * length);
        }
    }

    private final Map<TorrentId, Pieces> torrents = new HashMap<>();
    private long sent;
    private long settled;
    private long signed;

    /** A block of the piece is about to be sent. Its receipt may be back before {@link #sent} is told of the block. */
    synchronized void begun(TorrentId torrent, int piece) {
        pieces(torrent).begun.set(piece);
    }

    synchronized void sent(TorrentId torrent, int piece, int bytes) {
        sent += bytes;
        pieces(torrent).sent(piece, bytes);
    }

    /** Whether something of the piece has been sent to the account that it has not signed for yet. */
    synchronized boolean isOwed(TorrentId torrent, int piece) {
        Pieces pieces = torrents.get(torrent);
        return pieces != null && pieces.begun.get(piece) && !pieces.settled.get(piece);
    }

    /** The account has signed for a piece; a second time changes nothing. */
    synchronized void signed(TorrentId torrent, int piece, long length) {
        Pieces pieces = pieces(torrent);
        if (!pieces.settled.get(piece)) {
            settled += pieces.settle(piece, length);
            signed += length;
        }
    }

    /** Bytes sent ahead of signatures. */
    synchronized long owed() {
        return sent - settled - signed / FORGIVEN;
    }

    private Pieces pieces(TorrentId torrent) {
        return torrents.computeIfAbsent(torrent, _ -> new Pieces());
    }
}
