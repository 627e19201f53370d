package io.pbts.engine.storage;

import io.pbts.engine.Block;
import io.pbts.engine.limit.PieceBuffer;
import io.pbts.engine.limit.SlabPool;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The pieces of a torrent: written when their hash is right, read block by block. */
public final class PieceStore implements AutoCloseable {

    private final PieceTable table;
    private final TorrentFiles files;
    private final byte[] hashes;

    public PieceStore(Metainfo metainfo, Path folder) {
        this.table = metainfo.v1().orElseThrow().pieces();
        this.files = new TorrentFiles(metainfo, folder);
        this.hashes = table.hashes().toArrayUnsafe();
    }

    public int count() {
        return table.count();
    }

    /** Bytes of all pieces, padding counted. */
    public long totalLength() {
        return table.totalLength();
    }

    public int lengthOf(int piece) {
        return (int) table.lengthOf(new PieceIndex(piece)).bytes();
    }

    /** Whether the bytes are the piece. */
    public boolean matches(int piece, PieceBuffer buffer) {
        MessageDigest sha1 = sha1();
        buffer.all().forEach(sha1::update);
        return matches(piece, sha1.digest());
    }

    private boolean matches(int piece, byte[] hash) {
        int at = piece * hash.length;
        return Arrays.equals(hash, 0, hash.length, hashes, at, at + hash.length);
    }

    /** Puts a piece into its files. */
    public void write(int piece, PieceBuffer buffer) throws IOException {
        long offset = offsetOf(piece);
        for (ByteBuffer part : buffer.all()) {
            int length = part.remaining();
            files.write(offset, part);
            offset += length;
        }
    }

    /** Appends a block's bytes to the target, which must have room for them. */
    public void read(Block block, ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + block.length());
        try {
            files.read(offsetOf(block.piece()) + block.begin(), target);
        } finally {
            target.limit(limit);
        }
    }

    /**
     * Reads the piece from disk and compares its hash; false when it is not all there.
     *
     * @param scratch of {@link SlabPool#SLAB} bytes
     */
    public boolean isOnDisk(int piece, ByteBuffer scratch) {
        MessageDigest sha1 = sha1();
        int length = lengthOf(piece);
        try {
            for (int at = 0; at < length; at += SlabPool.SLAB) {
                scratch.clear().limit(Math.min(SlabPool.SLAB, length - at));
                files.read(offsetOf(piece) + at, scratch);
                sha1.update(scratch.flip());
            }
        } catch (IOException e) {
            return false;
        }
        return matches(piece, sha1.digest());
    }

    private long offsetOf(int piece) {
        return piece * table.pieceLength();
    }

    TorrentFiles files() {
        return files;
    }

    /** Makes the files that have no byte. */
    public void createEmptyFiles() throws IOException {
        files.createEmptyFiles();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
