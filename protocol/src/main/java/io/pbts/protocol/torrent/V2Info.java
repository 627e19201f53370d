package io.pbts.protocol.torrent;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BDictionary.Entry;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.torrent.Metainfo.FileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** The v2 half of an info dictionary and the piece layers beside it (BEP 52). */
record V2Info(PieceTable pieces, List<FileEntry> files) {

    private static final BDictionary NO_LAYERS = BDictionary.of(Map.of());

    /** A tree of one file that has the torrent's name is that file, not a folder that holds it. */
    boolean isSingleFile(String name) {
        return files.size() == 1 && files.getFirst().path().equals(List.of(name));
    }

    /** Empty when the dictionary has no v2 half. */
    static Optional<V2Info> read(BDictionary info, BDictionary root) throws MetainfoException {
        Optional<BencodeValue> version = info.get("meta version");
        if (version.isEmpty()) {
            return Optional.empty();
        }
        if (!version.get().equals(new BInteger(2))) {
            throw new MetainfoException("info.meta version: only 2 is known");
        }
        long pieceLength =
                info.integer("piece length").orElseThrow(() -> new MetainfoException("info.piece length: missing"));
        if (pieceLength < PieceLayer.BLOCK
                || pieceLength > PieceTable.MAX_PIECE_LENGTH
                || Long.bitCount(pieceLength) != 1) {
            throw new MetainfoException("info.piece length: not a power of two from 16 KiB: " + pieceLength);
        }
        List<FileTree.Leaf> leaves = FileTree.read(info);
        return Optional.of(assemble(leaves, pieceLength, root));
    }

    private static V2Info assemble(List<FileTree.Leaf> leaves, long pieceLength, BDictionary root)
            throws MetainfoException {
        BDictionary layers = root.dictionary("piece layers").orElse(NO_LAYERS);
        List<Bytes> hashes = new ArrayList<>();
        long room = BencodeLimits.METAINFO.maxBytes();
        for (FileTree.Leaf leaf : leaves) {
            if (leaf.piecesRoot().isPresent()) {
                long length = leaf.file().length();
                room = requireRoom(room - Math.ceilDiv(length, pieceLength) * Bytes32.SIZE);
                hashes.add(pieceHashes(length, leaf.piecesRoot().get(), pieceLength, layers));
            }
        }
        List<FileEntry> files = laidOut(leaves, pieceLength);
        List<Long> lengths = files.stream().map(FileEntry::length).toList();
        try {
            return new V2Info(PieceTable.v2(pieceLength, lengths, Bytes.concatenate(hashes)), files);
        } catch (IllegalArgumentException e) {
            throw new MetainfoException("info.file tree: " + e.getMessage(), e);
        }
    }

    /** Each file starts a piece. There are hashes for all pieces by now, so the offsets stay small. */
    private static List<FileEntry> laidOut(List<FileTree.Leaf> leaves, long pieceLength) {
        List<FileEntry> files = new ArrayList<>(leaves.size());
        long offset = 0;
        for (FileTree.Leaf leaf : leaves) {
            FileEntry file = leaf.file();
            files.add(new FileEntry(file.path(), file.length(), offset));
            offset += Math.ceilDiv(file.length(), pieceLength) * pieceLength;
        }
        return files;
    }

    /** Many files may name one layer: without a bound a small metainfo file would cost hours of hashing. */
    private static long requireRoom(long room) throws MetainfoException {
        if (room < 0) {
            throw new MetainfoException("info.file tree: more piece hashes than fit a metainfo file");
        }
        return room;
    }

    /** A file of one piece or less has no layer: its root is its piece's hash. */
    private static Bytes pieceHashes(long length, Bytes32 piecesRoot, long pieceLength, BDictionary layers)
            throws MetainfoException {
        if (length <= pieceLength) {
            return piecesRoot;
        }
        BencodeValue layer = layers.get(piecesRoot)
                .orElseThrow(() -> new MetainfoException("piece layers: missing for " + piecesRoot));
        return PieceLayer.verified(layer, length, pieceLength, piecesRoot);
    }

    /** Walks a v2 file tree (BEP 52). Its depth is bounded by the decoder's. */
    private static final class FileTree {

        /** A file; one without content has no root. */
        record Leaf(FileEntry file, Optional<Bytes32> piecesRoot) {}

        private final List<Leaf> leaves = new ArrayList<>();

        private FileTree() {}

        static List<Leaf> read(BDictionary info) throws MetainfoException {
            BDictionary tree =
                    info.dictionary("file tree").orElseThrow(() -> new MetainfoException("info.file tree: missing"));
            FileTree walk = new FileTree();
            walk.folder(tree, List.of());
            return walk.leaves;
        }

        private void folder(BDictionary folder, List<String> path) throws MetainfoException {
            for (Entry entry : folder.entries()) {
                String name = new BString(entry.key())
                        .text()
                        .orElseThrow(() -> new MetainfoException("info.file tree: a name is not UTF-8 text"));
                PathRules.requireComponent(name);
                if (!(entry.value() instanceof BDictionary node)) {
                    throw new MetainfoException("info.file tree: neither file nor folder");
                }
                List<String> below = new ArrayList<>(path);
                below.add(name);
                if (node.get("").isPresent()) {
                    leaves.add(file(node, below));
                } else {
                    folder(node, below);
                }
            }
        }

        private static Leaf file(BDictionary node, List<String> path) throws MetainfoException {
            BDictionary file = node.dictionary("")
                    .filter(_ -> node.entries().size() == 1)
                    .orElseThrow(() -> new MetainfoException("info.file tree: a file that is also a folder"));
            long length = file.integer("length").orElseThrow(() -> new MetainfoException("length: missing"));
            if (length < 0) {
                throw new MetainfoException("length: out of bounds: " + length);
            }
            Optional<Bytes> root = file.string("pieces root");
            if (root.isPresent() != length > 0
                    || root.filter(bytes -> bytes.size() != Bytes32.SIZE).isPresent()) {
                throw new MetainfoException("info.file tree: pieces root missing, needless or not 32 bytes");
            }
            return new Leaf(new FileEntry(path, length, 0), root.map(Bytes32::wrap));
        }
    }
}
