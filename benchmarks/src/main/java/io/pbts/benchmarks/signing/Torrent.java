package io.pbts.benchmarks.signing;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/**
 * A private v1 torrent of one file whose bytes nobody needs: receipts are checked against its piece hashes alone.
 *
 * @param metainfo the .torrent file
 * @param hashes SHA-1 of each piece, one after the other
 */
public record Torrent(Bytes metainfo, InfoHash infoHash, Bytes hashes) {
    /** Every piece has it. */
    public static final int PIECE_LENGTH = 16_384;

    private static final int HASH_SIZE = 20;

    public Torrent {
        metainfo = metainfo.copy();
        hashes = hashes.copy();
    }

    public static Torrent of(String name, int pieces) {
        byte[] hashes = new byte[pieces * HASH_SIZE];
        for (int i = 0; i < pieces; i++) {
            System.arraycopy(
                    Keys.bytes("piece %s %d".formatted(name, i)).toArrayUnsafe(), 0, hashes, i * HASH_SIZE, HASH_SIZE);
        }
        var info = BDictionary.of(Map.of(
                "length", new BInteger((long) pieces * PIECE_LENGTH),
                "name", BString.of(name),
                "piece length", new BInteger(PIECE_LENGTH),
                "pieces", new BString(Bytes.wrap(hashes)),
                "private", new BInteger(1),
                "source", BString.of("PBTS")));
        Bytes metainfo = BencodeWriter.encode(BDictionary.of(Map.of("info", info)));
        return new Torrent(metainfo, new InfoHash(sha1(BencodeWriter.encode(info))), Bytes.wrap(hashes));
    }

    public int pieces() {
        return hashes.size() / HASH_SIZE;
    }

    PieceHash hash(int piece) {
        return new PieceHash(hashes.slice(piece * HASH_SIZE, HASH_SIZE));
    }

    private static Bytes sha1(Bytes bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(bytes.toArrayUnsafe()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
