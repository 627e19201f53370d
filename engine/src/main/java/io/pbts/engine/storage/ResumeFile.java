package io.pbts.engine.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.pbts.engine.storage.TorrentFiles.Stamp;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * What is remembered of a torrent between runs: the pieces that were there, and how the files looked then. Written beside
 * and moved into place, after the files themselves: it never claims what is not on disk.
 */
public final class ResumeFile {

    /**
     * What was remembered.
     *
     * @param have the pieces that were there
     * @param stamps how the files looked then, in the order of the metainfo
     */
    public record Remembered(BitSet have, List<Stamp> stamps) {

        public Remembered {
            stamps = List.copyOf(stamps);
        }
    }

    private static final long VERSION = 1;

    private final Path file;

    public ResumeFile(Path stateFolder, TorrentId torrent) {
        this.file = stateFolder.resolve(torrent.hex() + ".resume");
    }

    /** Empty when there is none, or none that can be read: then the files are looked through. */
    public Optional<Remembered> load() {
        try {
            if (Files.size(file) > BencodeLimits.METAINFO.maxBytes()) {
                return Optional.empty();
            }
            return BencodeDecoder.decode(Files.readAllBytes(file), BencodeLimits.METAINFO) instanceof BDictionary root
                    ? decode(root)
                    : Optional.empty();
        } catch (IOException | BencodeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Remembered> decode(BDictionary root) {
        Optional<Bytes> have = root.string("have");
        Optional<List<BencodeValue>> files = root.list("files");
        if (!root.integer("version").equals(Optional.of(VERSION)) || have.isEmpty() || files.isEmpty()) {
            return Optional.empty();
        }
        List<Stamp> stamps = new ArrayList<>();
        for (BencodeValue value : files.get()) {
            if (!(value instanceof BList(var pair))
                    || pair.size() != 2
                    || !(pair.getFirst() instanceof BInteger(long length))
                    || !(pair.getLast() instanceof BInteger(long modified))) {
                return Optional.empty();
            }
            stamps.add(new Stamp(length, modified));
        }
        return Optional.of(new Remembered(BitSet.valueOf(have.get().toArrayUnsafe()), stamps));
    }

    public void save(Remembered remembered) throws IOException {
        List<BencodeValue> files = new ArrayList<>();
        for (Stamp stamp : remembered.stamps()) {
            files.add(BList.of(new BInteger(stamp.length()), new BInteger(stamp.modified())));
        }
        byte[] bytes = BencodeWriter.encodeToArray(Map.of(
                "version", new BInteger(VERSION),
                "have", new BString(Bytes.wrap(remembered.have().toByteArray())),
                "files", new BList(files)));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            while (source.hasRemaining()) {
                out.write(source);
            }
            out.force(true);
        }
        Files.move(beside, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
