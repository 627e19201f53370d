package io.pbts.announce.torrent;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.support.Refusal;

/** Hashes as routes name them. */
final class InfoHashText {
    private InfoHashText() {}

    static InfoHash parse(String hex) {
        try {
            return InfoHash.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid-info-hash", "An info hash is 40 or 64 hexadecimal digits", e);
        }
    }

    static TorrentId parseId(String hex) {
        try {
            return TorrentId.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid-torrent-id", "A torrent id is 64 hexadecimal digits", e);
        }
    }

    static Refusal notRegistered() {
        return new Refusal(404, "unknown-torrent", "No such torrent is registered");
    }
}
