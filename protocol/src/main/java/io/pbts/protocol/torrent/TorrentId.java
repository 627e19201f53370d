package io.pbts.protocol.torrent;

import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Sha256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * SHA-256 of the info dictionary's bytes, for every torrent. One id for both hashes of a hybrid torrent, so that its
 * pieces are paid once; equal to the info hash of a v2 torrent.
 */
public record TorrentId(Bytes32 bytes) {

    public TorrentId {
        bytes = bytes.copy();
    }

    public static TorrentId ofInfo(Bytes infoDictionary) {
        return new TorrentId(Sha256.hash(infoDictionary));
    }

    public static TorrentId ofBytes(byte[] bytes) {
        return new TorrentId(Bytes32.wrap(bytes));
    }

    public static TorrentId fromHex(String hex) {
        return new TorrentId(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
    }

    /** Lower case, without a prefix. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
