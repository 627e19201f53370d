package io.pbts.engine.create;

import io.pbts.engine.create.Content.Listed;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Makes the metainfo of a private torrent (BEP 3, BEP 27) over a file or a folder; as a hybrid also the v2 half, for which
 * each file is padded to the end of a piece (BEP 47, BEP 52).
 */
public final class TorrentCreator {

    private static final int MIN_AUTOMATIC = 256 << 10;
    private static final int MAX_AUTOMATIC = 16 << 20;
    private static final long USUAL_PIECES = 2048;

    private final int pieceLength;
    private final boolean hybrid;
    private final List<BencodeValue> listed = new ArrayList<>();
    private final TreeNode tree = new TreeNode();
    private final Map<Bytes, BencodeValue> layers = new HashMap<>();
    private final PieceHashes pieces;

    private TorrentCreator(int pieceLength, boolean hybrid) {
        this.pieceLength = pieceLength;
        this.hybrid = hybrid;
        this.pieces = new PieceHashes(pieceLength);
    }

    /**
     * What the torrent is to be.
     *
     * @param announce URL of the tracker
     * @param pieceLength bytes, a power of two from 16 KiB to 64 MiB; chosen by size when it is not given
     * @param source what tells this torrent from others over the same files
     */
    public record Wish(
            Optional<String> announce, Optional<Integer> pieceLength, Optional<String> source, boolean hybrid) {

        public Wish {
            pieceLength.ifPresent(length -> {
                if (length < 16 << 10 || length > 64 << 20 || Integer.bitCount(length) != 1) {
                    throw new IllegalArgumentException(
                            "a piece length is a power of two from 16 KiB to 64 MiB, not " + length);
                }
            });
        }
    }

    /**
     * Reads all of the content once. Answers the bytes of a {@code .torrent} file.
     *
     * @throws IOException when it cannot be read, changes meanwhile, or has no byte
     * @throws MetainfoException when a file's name cannot be in a torrent
     */
    public static byte[] create(Path path, Wish wish) throws IOException, MetainfoException {
        Content content = Content.of(path);
        int pieceLength = wish.pieceLength().orElseGet(() -> automatic(content.length()));
        byte[] torrent = new TorrentCreator(pieceLength, wish.hybrid()).make(content, wish);
        Metainfo.parse(torrent);
        return torrent;
    }

    /** The least that makes no more than some 2000 pieces; receipts are one per piece. */
    private static int automatic(long length) {
        int pieceLength = MIN_AUTOMATIC;
        while (pieceLength < MAX_AUTOMATIC && length / pieceLength > USUAL_PIECES) {
            pieceLength *= 2;
        }
        return pieceLength;
    }

    private byte[] make(Content content, Wish wish) throws IOException {
        for (int i = 0; i < content.files().size(); i++) {
            add(content, content.files().get(i), i == content.files().size() - 1);
        }
        Map<String, BencodeValue> info = new HashMap<>();
        info.put("name", BString.of(content.name()));
        info.put("piece length", new BInteger(pieceLength));
        info.put("private", new BInteger(1));
        info.put("pieces", new BString(pieces.finish()));
        if (content.single()) {
            info.put("length", new BInteger(content.length()));
        } else {
            info.put("files", new BList(listed));
        }
        wish.source().ifPresent(source -> info.put("source", BString.of(source)));
        Map<String, BencodeValue> root = new HashMap<>();
        if (hybrid) {
            info.put("meta version", new BInteger(2));
            info.put("file tree", tree.encode());
            root.put("piece layers", BDictionary.ofBytes(layers));
        }
        root.put("info", BDictionary.of(info));
        wish.announce().ifPresent(announce -> root.put("announce", BString.of(announce)));
        return BencodeWriter.encodeToArray(root);
    }

    private void add(Content content, Listed file, boolean last) throws IOException {
        MerkleTree merkle = new MerkleTree(pieceLength);
        try (InputStream in = Files.newInputStream(file.path())) {
            long total = 0;
            byte[] block = new byte[MerkleTree.BLOCK];
            for (int read = in.readNBytes(block, 0, block.length);
                    read > 0;
                    read = in.readNBytes(block, 0, block.length)) {
                pieces.add(block, read);
                if (hybrid) {
                    merkle.add(block, read);
                }
                total += read;
            }
            if (total != file.length()) {
                throw new IOException("changed while it was read: " + file.path());
            }
        }
        listed.add(entry(file.length(), file.components(), Optional.empty()));
        if (hybrid) {
            tree.add(content.single() ? List.of(content.name()) : file.components(), leaf(file, merkle));
            int padding = last ? 0 : pieces.pad();
            if (padding > 0) {
                listed.add(entry(padding, List.of(".pad", Integer.toString(padding)), Optional.of("p")));
            }
        }
    }

    private static BencodeValue entry(long length, List<String> path, Optional<String> attributes) {
        Map<String, BencodeValue> entry = new HashMap<>();
        entry.put("length", new BInteger(length));
        entry.put("path", new BList(path.stream().<BencodeValue>map(BString::of).toList()));
        attributes.ifPresent(given -> entry.put("attr", BString.of(given)));
        return BDictionary.of(entry);
    }

    private BencodeValue leaf(Listed file, MerkleTree merkle) {
        Map<String, BencodeValue> leaf = new HashMap<>();
        leaf.put("length", new BInteger(file.length()));
        if (file.length() > 0) {
            Bytes32 root = merkle.root();
            leaf.put("pieces root", new BString(root));
            List<Bytes32> layer = merkle.pieceLayer();
            if (!layer.isEmpty()) {
                layers.put(root, new BString(Bytes.concatenate(layer.toArray(new Bytes[0]))));
            }
        }
        return BDictionary.of(Map.of("", BDictionary.of(leaf)));
    }

    /** A folder of the v2 file tree. */
    private static final class TreeNode {
        private final Map<String, TreeNode> folders = new TreeMap<>();
        private final Map<String, BencodeValue> files = new TreeMap<>();

        void add(List<String> path, BencodeValue leaf) {
            if (path.size() == 1) {
                files.put(path.getFirst(), leaf);
            } else {
                folders.computeIfAbsent(path.getFirst(), _ -> new TreeNode()).add(path.subList(1, path.size()), leaf);
            }
        }

        BDictionary encode() {
            Map<String, BencodeValue> entries = new HashMap<>(files);
            folders.forEach((name, folder) -> entries.put(name, folder.encode()));
            return BDictionary.of(entries);
        }
    }
}
