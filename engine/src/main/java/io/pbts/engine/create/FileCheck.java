package io.pbts.engine.create;

import io.pbts.engine.limit.SlabPool;
import io.pbts.engine.storage.PieceStore;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;

/** Compares files with the torrent that they should be. Changes nothing. */
public final class FileCheck {

    private FileCheck() {}

    /**
     * The pieces that are there and right, by their SHA-1.
     *
     * @param metainfo must have a v1 info hash
     * @param folder where its file or folder lies
     */
    public static BitSet rightPieces(Metainfo metainfo, Path folder) throws IOException {
        BitSet right = new BitSet();
        ByteBuffer scratch = ByteBuffer.allocateDirect(SlabPool.SLAB);
        try (PieceStore store = new PieceStore(metainfo, folder)) {
            for (int piece = 0; piece < store.count(); piece++) {
                right.set(piece, store.isOnDisk(piece, scratch));
            }
        }
        return right;
    }
}
