package io.pbts.protocol.torrent;

import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a {@code .torrent} file says (BEP 3, BEP 27, BEP 52), checked. At least one of the two info hashes is there; a
 * hybrid has both, with the same pieces in the same order.
 *
 * @param id SHA-256 of the info dictionary
 * @param v1 the SHA-1 hash with its pieces
 * @param v2 the SHA-256 hash with its pieces
 * @param name suggested name of the file or folder
 * @param files contents in order; padding files (BEP 47) are not among them
 * @param isPrivate whether peers may come from the tracker only (BEP 27)
 * @param source the tracker's tag, which makes the same files another torrent
 * @param announce tracker URL; may hold somebody's passkey
 */
public record Metainfo(
        TorrentId id,
        Optional<Hashed> v1,
        Optional<Hashed> v2,
        String name,
        List<FileEntry> files,
        boolean isPrivate,
        Optional<String> source,
        Optional<String> announce) {

    /** An info hash and the pieces that come with it. */
    public record Hashed(InfoHash infoHash, PieceTable pieces) {}

    /**
     * A file of the torrent.
     *
     * @param path components below the torrent's name; empty for a torrent of one file
     * @param offset where its first byte lies in the run of bytes that the pieces cut, padding counted
     */
    public record FileEntry(List<String> path, long length, long offset) {

        public FileEntry {
            path = List.copyOf(path);
        }

        /** The same name and length; the halves of a hybrid may put an empty file at different offsets. */
        boolean isSameFile(FileEntry other) {
            return path.equals(other.path) && length == other.length;
        }
    }

    public Metainfo {
        files = List.copyOf(files);
        if (v1.isEmpty() && v2.isEmpty()) {
            throw new IllegalArgumentException("a torrent without a hash");
        }
    }

    /**
     * Reads a metainfo file.
     *
     * @throws MetainfoException when the file is malformed, inconsistent or larger than 10 MiB
     */
    public static Metainfo parse(byte[] file) throws MetainfoException {
        return parse(Bytes.wrap(file));
    }

    /**
     * Reads a metainfo file.
     *
     * @throws MetainfoException when the file is malformed, inconsistent or larger than 10 MiB
     */
    public static Metainfo parse(Bytes file) throws MetainfoException {
        return MetainfoReader.read(file);
    }

    /** Bytes of content, padding left out. */
    public long totalLength() {
        return files.stream().mapToLong(FileEntry::length).sum();
    }

    public long pieceLength() {
        return anyHashed().pieces().pieceLength();
    }

    private Hashed anyHashed() {
        return v1.or(() -> v2).orElseThrow();
    }

    /** Leaves out the announce URL: it may hold a passkey. */
    @Override
    public String toString() {
        return "Metainfo[" + id + ", " + name + ", " + files.size() + " files]";
    }
}
