package io.pbts.engine.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.torrent.TorrentId;
import java.util.List;

/**
 * What has come and is not signed for, where the end of a process does not reach it: a sender counts what it sent ahead of
 * signatures by account, so that a receiver who forgot it at a crash would stay in its debt. Called by one thread at a time.
 */
public interface UnsignedPieces {

    /** A piece that an account sent. */
    record Piece(AccountKey sender, TorrentId torrent, int index) {}

    /** What an earlier process has left, in the order in which it came. */
    List<Piece> left();

    /** The piece has come. */
    void came(Piece piece);

    /** The sender has been sent a signature for it. */
    void signed(Piece piece);

    /** Forgets them at the end of the process. */
    UnsignedPieces FORGOTTEN = new UnsignedPieces() {
        @Override
        public List<Piece> left() {
            return List.of();
        }

        @Override
        public void came(Piece piece) {}

        @Override
        public void signed(Piece piece) {}
    };
}
