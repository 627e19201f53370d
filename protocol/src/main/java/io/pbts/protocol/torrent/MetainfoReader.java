package io.pbts.protocol.torrent;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.torrent.Metainfo.FileEntry;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;

/** Reads a metainfo file: the parts that v1 and v2 share, and whether the two agree in a hybrid. */
final class MetainfoReader {

    private final BDictionary info;
    private final Bytes infoBytes;
    private final BDictionary root;

    private MetainfoReader(BDictionary root) throws MetainfoException {
        this.root = root;
        this.info = root.dictionary("info").orElseThrow(() -> new MetainfoException("info: missing"));
        this.infoBytes = root.raw("info").orElseThrow(() -> new MetainfoException("info: missing"));
    }

    static Metainfo read(Bytes file) throws MetainfoException {
        try {
            if (BencodeDecoder.decode(file, BencodeLimits.METAINFO) instanceof BDictionary root) {
                return new MetainfoReader(root).read();
            }
            throw new MetainfoException("not a dictionary");
        } catch (BencodeException e) {
            throw new MetainfoException("not bencode: " + e.getMessage(), e);
        }
    }

    private Metainfo read() throws MetainfoException {
        String name = info.text("name").orElseThrow(() -> new MetainfoException("info.name: missing or not UTF-8"));
        PathRules.requireComponent(name);
        Optional<V1Info> v1 = V1Info.read(info, name);
        Optional<V2Info> v2 = V2Info.read(info, root);
        List<FileEntry> files = files(v1, v2);
        boolean single =
                v1.map(V1Info::isSingleFile).orElseGet(() -> v2.orElseThrow().isSingleFile(name));
        return new Metainfo(
                TorrentId.ofInfo(infoBytes),
                v1.map(found -> new Hashed(new InfoHash(sha1(infoBytes)), found.pieces())),
                v2.map(found ->
                        new Hashed(new InfoHash(TorrentId.ofInfo(infoBytes).bytes()), found.pieces())),
                name,
                single ? List.of(new FileEntry(List.of(), files.getFirst().length(), 0)) : files,
                isPrivate(),
                info.text("source"),
                root.text("announce"));
    }

    private static List<FileEntry> files(Optional<V1Info> v1, Optional<V2Info> v2) throws MetainfoException {
        if (v1.isEmpty()) {
            return v2.orElseThrow(() -> new MetainfoException("info: neither pieces nor meta version 2"))
                    .files();
        }
        if (v2.isPresent()) {
            requireSameFiles(v1.get(), v2.get());
        }
        return v1.get().files();
    }

    /** A piece index must mean the same bytes under both hashes, or a hybrid's pieces could be paid twice. */
    private static void requireSameFiles(V1Info v1, V2Info v2) throws MetainfoException {
        boolean same = v1.files().size() == v2.files().size()
                && IntStream.range(0, v1.files().size())
                        .allMatch(i -> v1.files().get(i).isSameFile(v2.files().get(i)));
        if (!same) {
            throw new MetainfoException("info: the files of v1 and v2 differ");
        }
        if (!v1.pieceAligned() || v1.pieces().count() != v2.pieces().count()) {
            throw new MetainfoException("info.files: not aligned to pieces as a hybrid torrent's must be");
        }
    }

    private boolean isPrivate() throws MetainfoException {
        if (info.get("private").isEmpty()) {
            return false;
        }
        return switch (info.get("private").get()) {
            case BInteger(long flag) when flag == 0 -> false;
            case BInteger(long flag) when flag == 1 -> true;
            default -> throw new MetainfoException("info.private: neither 0 nor 1");
        };
    }

    private static Bytes sha1(Bytes bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(bytes.toArrayUnsafe()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
