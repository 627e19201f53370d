package io.pbts.engine.storage;

import io.pbts.engine.storage.FileLayout.Span;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.Metainfo.FileEntry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The files of a torrent as one run of bytes. Files come into being when something is written to them; several threads may
 * read and write at once.
 */
public final class TorrentFiles implements AutoCloseable {

    /**
     * How a file looked at some time, to see whether anybody has touched it since.
     *
     * @param length in bytes; -1 when there is no such file
     * @param modified nanoseconds since 1970, 0 when there is no such file
     */
    public record Stamp(long length, long modified) {
        static final Stamp ABSENT = new Stamp(-1, 0);
    }

    private final FileLayout layout;
    private final List<Path> paths = new ArrayList<>();
    private final List<Integer> empty = new ArrayList<>();
    private final OpenFiles open;

    /**
     * Opens nothing yet.
     *
     * @param folder where the torrent's file or folder lies
     */
    public TorrentFiles(Metainfo metainfo, Path folder) {
        this.layout = new FileLayout(metainfo);
        Path base = folder.toAbsolutePath().resolve(metainfo.name());
        for (FileEntry file : metainfo.files()) {
            Path path = base;
            for (String component : file.path()) {
                path = path.resolve(component);
            }
            if (file.length() == 0) {
                empty.add(paths.size());
            }
            paths.add(path);
        }
        this.open = new OpenFiles(paths);
    }

    /**
     * Fills what is left of the target with the bytes from an offset on.
     *
     * @throws IOException when they are not all there
     */
    public void read(long offset, ByteBuffer target) throws IOException {
        int begin = target.position();
        int length = target.remaining();
        List<Span> spans = layout.spans(offset, length);
        if (spans.size() != 1 || spans.getFirst().length() != length) {
            zero(target, begin, length);
        }
        for (Span span : spans) {
            ByteBuffer part = target.slice(begin + span.start(), span.length());
            open.use(span.file(), false, channel -> readFully(channel, part, span.fileOffset()));
        }
        target.position(begin + length);
    }

    private static void zero(ByteBuffer target, int begin, int length) {
        for (int i = begin; i < begin + length; i++) {
            target.put(i, (byte) 0);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long offset) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new EOFException("the file ends early");
            }
            at += read;
        }
    }

    /** Writes all that is left of the source from an offset on; what falls on padding is passed over. */
    public void write(long offset, ByteBuffer source) throws IOException {
        int begin = source.position();
        for (Span span : layout.spans(offset, source.remaining())) {
            ByteBuffer part = source.slice(begin + span.start(), span.length());
            open.use(span.file(), true, channel -> writeFully(channel, part, span.fileOffset()));
        }
        source.position(source.limit());
    }

    private static void writeFully(FileChannel channel, ByteBuffer source, long offset) throws IOException {
        long at = offset;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    /** Makes the files that have no byte, which no piece would. */
    public void createEmptyFiles() throws IOException {
        for (int file : empty) {
            Path path = paths.get(file);
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (!Files.exists(path)) {
                FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                        .close();
            }
        }
    }

    /** Numbers of the files that have bytes in a range of the torrent. */
    List<Integer> filesIn(long offset, int length) {
        return layout.spans(offset, length).stream().map(Span::file).toList();
    }

    /** How the files look now, in the order of the metainfo. */
    public List<Stamp> stamps() {
        return paths.stream().map(TorrentFiles::stamp).toList();
    }

    private static Stamp stamp(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            return Stamp.ABSENT;
        }
    }

    /** Makes everything written so far survive a loss of power. */
    public void force() throws IOException {
        open.force();
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
