package io.pbts.benchmarks.transfer;

import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A file of random bytes that is sent again and again, and torrents over it with pieces of different lengths. */
final class Sample {
    private static final String NAME = "sample.bin";
    private static final int CHUNK = 1 << 20;

    private final Path folder;
    private final long bytes;
    private final byte[] hash;
    private final Map<Integer, byte[]> torrents = new HashMap<>();

    private Sample(Path folder, long bytes, byte[] hash) {
        this.folder = folder;
        this.bytes = bytes;
        this.hash = hash;
    }

    /** Writes a file of so many bytes in a folder of its own below this one. */
    static Sample create(Path below, long bytes) throws IOException {
        Path folder = Files.createDirectories(below.resolve("sample-" + bytes));
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(folder.resolve(NAME)), digest)) {
            for (long left = bytes; left > 0; left -= CHUNK) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(CHUNK, left));
            }
        }
        return new Sample(folder, bytes, digest.digest());
    }

    /** Where the file lies. */
    Path folder() {
        return folder;
    }

    long bytes() {
        return bytes;
    }

    /** The bytes of a {@code .torrent} file. */
    byte[] torrent(int pieceLength) throws IOException {
        byte[] known = torrents.get(pieceLength);
        if (known == null) {
            known = create(pieceLength);
            torrents.put(pieceLength, known);
        }
        return known;
    }

    private byte[] create(int pieceLength) throws IOException {
        try {
            return TorrentCreator.create(
                    folder.resolve(NAME),
                    new Wish(Optional.empty(), Optional.of(pieceLength), Optional.empty(), false));
        } catch (MetainfoException e) {
            throw new IOException("no torrent of the sample: " + e.getMessage(), e);
        }
    }

    /** Compares what has arrived in the folder with what was sent. */
    void requireIn(Path arrived) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(arrived.resolve(NAME))) {
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        if (!MessageDigest.isEqual(digest.digest(), hash)) {
            throw new IOException("what arrived is not what was sent");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Removes a folder with all in it. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
                for (Path path : all) {
                    Files.delete(path);
                }
            }
        }
    }
}
