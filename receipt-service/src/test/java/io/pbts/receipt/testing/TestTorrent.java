package io.pbts.receipt.testing;

import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.PieceTable;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.Torrent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A torrent with made-up content: what its metainfo would say, under one or both kinds of hashes. */
public record TestTorrent(String name, Torrent torrent) {

    public static TestTorrent v1(String name, int pieces, long pieceLength, long totalLength) {
        return new TestTorrent(
                name,
                new Torrent(id(name), Optional.of(v1Half(name, pieces, pieceLength, totalLength)), Optional.empty()));
    }

    public static TestTorrent hybrid(String name, int pieces, long pieceLength, long totalLength) {
        return new TestTorrent(
                name,
                new Torrent(
                        id(name),
                        Optional.of(v1Half(name, pieces, pieceLength, totalLength)),
                        Optional.of(v2Half(name, pieces, pieceLength, totalLength))));
    }

    public Hashed v1() {
        return torrent.v1().orElseThrow();
    }

    public Hashed v2() {
        return torrent.v2().orElseThrow();
    }

    private static TorrentId id(String name) {
        return new TorrentId(Sha256.hash(utf8(name)));
    }

    private static Hashed v1Half(String name, int pieces, long pieceLength, long totalLength) {
        List<Bytes> hashes = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            hashes.add(sha1(name + i));
        }
        return new Hashed(new InfoHash(sha1(name)), PieceTable.v1(pieceLength, totalLength, Bytes.concatenate(hashes)));
    }

    private static Hashed v2Half(String name, int pieces, long pieceLength, long totalLength) {
        List<Bytes> hashes = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            hashes.add(Sha256.hash(utf8(name + i)));
        }
        return new Hashed(
                new InfoHash(Sha256.hash(utf8(name))),
                PieceTable.v2(pieceLength, List.of(totalLength), Bytes.concatenate(hashes)));
    }

    private static Bytes sha1(String text) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
