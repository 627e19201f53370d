package io.pbts.engine;

import java.util.Optional;

/**
 * Where a torrent stands.
 *
 * @param pieces of the torrent
 * @param havePieces verified and on disk
 * @param left bytes that are still missing, padding counted
 * @param uploaded bytes of blocks sent since it was added
 * @param downloaded bytes of requested blocks received since it was added, corrupt ones too
 * @param wasted bytes received that were of no use: corrupt pieces and blocks that were there already
 * @param peers connections
 * @param failure why it stands still
 */
public record TorrentStatus(
        State state,
        int pieces,
        int havePieces,
        long left,
        long uploaded,
        long downloaded,
        long wasted,
        int peers,
        Optional<String> failure) {

    /** What the torrent does. */
    public enum State {
        CHECKING,
        DOWNLOADING,
        SEEDING,
        FAILED,
        STOPPED
    }
}
