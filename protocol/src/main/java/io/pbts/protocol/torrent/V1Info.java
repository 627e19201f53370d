package io.pbts.protocol.torrent;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.torrent.Metainfo.FileEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * The v1 half of an info dictionary (BEP 3; padding files: BEP 47).
 *
 * @param files without padding; a single file goes by the torrent's name
 * @param isSingleFile whether there is no folder around the file
 * @param pieceAligned whether every file with content starts a piece
 */
record V1Info(PieceTable pieces, List<FileEntry> files, boolean isSingleFile, boolean pieceAligned) {

    /** Empty when the dictionary has no v1 half. */
    static Optional<V1Info> read(BDictionary info, String name) throws MetainfoException {
        Optional<Bytes> hashes = info.string("pieces");
        if (hashes.isEmpty()) {
            if (info.get("pieces").isPresent()) {
                throw new MetainfoException("info.pieces: not a string");
            }
            return Optional.empty();
        }
        long pieceLength =
                info.integer("piece length").orElseThrow(() -> new MetainfoException("info.piece length: missing"));
        Layout layout = Layout.read(info, name, pieceLength);
        try {
            PieceTable pieces = PieceTable.v1(pieceLength, layout.offset, hashes.get());
            return Optional.of(
                    new V1Info(pieces, layout.files, info.list("files").isEmpty(), layout.aligned));
        } catch (IllegalArgumentException e) {
            throw new MetainfoException("info.pieces: " + e.getMessage(), e);
        }
    }

    /** The files one after the other. */
    private static final class Layout {
        private final List<FileEntry> files = new ArrayList<>();
        private boolean aligned = true;
        private long offset;

        private static Layout read(BDictionary info, String name, long pieceLength) throws MetainfoException {
            if (pieceLength < 1 || pieceLength > PieceTable.MAX_PIECE_LENGTH) {
                throw new MetainfoException("info.piece length: out of bounds: " + pieceLength);
            }
            Layout layout = new Layout();
            Optional<List<BencodeValue>> several = info.list("files");
            if (several.isPresent() == info.get("length").isPresent()) {
                throw new MetainfoException("info: needs either length or files");
            }
            if (several.isEmpty()) {
                layout.add(List.of(name), info, pieceLength);
                return layout;
            }
            for (BencodeValue file : several.get()) {
                layout.addListed(file, pieceLength);
            }
            if (new HashSet<>(layout.files.stream().map(FileEntry::path).toList()).size() != layout.files.size()) {
                throw new MetainfoException("info.files: the same path twice");
            }
            return layout;
        }

        private void addListed(BencodeValue value, long pieceLength) throws MetainfoException {
            if (!(value instanceof BDictionary file)) {
                throw new MetainfoException("info.files: not a dictionary");
            }
            List<BencodeValue> path =
                    file.list("path").orElseThrow(() -> new MetainfoException("info.files.path: missing"));
            add(PathRules.path(path), file, pieceLength);
        }

        private void add(List<String> path, BDictionary file, long pieceLength) throws MetainfoException {
            long length = file.integer("length").orElseThrow(() -> new MetainfoException("length: missing"));
            if (length < 0 || length > Long.MAX_VALUE - offset) {
                throw new MetainfoException("length: out of bounds: " + length);
            }
            if (file.text("attr").orElse("").indexOf('p') < 0) {
                aligned &= length == 0 || offset % pieceLength == 0;
                files.add(new FileEntry(path, length, offset));
            }
            offset = Math.addExact(offset, length);
        }
    }
}
