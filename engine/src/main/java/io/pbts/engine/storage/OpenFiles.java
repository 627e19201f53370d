package io.pbts.engine.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The channels of a torrent's files: at most so many at a time, those not used longest are closed first. */
final class OpenFiles implements AutoCloseable {

    private static final int MAX_OPEN = 64;

    /** Reading never makes a file writable: a seeder's files may be read-only. */
    private record Key(int file, boolean writable) {}

    private static final class Entry {
        private final FileChannel channel;
        private int users;

        private Entry(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** What is done with a channel. */
    interface Use {
        void with(FileChannel channel) throws IOException;
    }

    private final List<Path> paths;
    private final Map<Key, Entry> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Opens the file if need be; for writing, makes it and the folders above it. */
    void use(int file, boolean writable, Use use) throws IOException {
        try {
            Entry entry = take(new Key(file, writable));
            try {
                use.with(entry.channel);
            } finally {
                putBack(entry);
            }
        } catch (FileSystemException e) {
            throw failed(file, writable, e.getReason() == null ? e.getClass().getSimpleName() : e.getReason(), e);
        } catch (IOException e) {
            throw failed(file, writable, String.valueOf(e.getMessage()), e);
        }
    }

    private IOException failed(int file, boolean writable, String why, IOException cause) {
        return new IOException("cannot %s %s: %s".formatted(writable ? "write" : "read", paths.get(file), why), cause);
    }

    private synchronized Entry take(Key key) throws IOException {
        Entry entry = open.get(key);
        if (entry == null) {
            entry = new Entry(open(key));
            open.put(key, entry);
        }
        entry.users++;
        return entry;
    }

    private FileChannel open(Key key) throws IOException {
        Path path = paths.get(key.file);
        if (!key.writable) {
            return FileChannel.open(path, StandardOpenOption.READ);
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    private synchronized void putBack(Entry used) throws IOException {
        used.users--;
        Iterator<Entry> oldest = open.values().iterator();
        while (open.size() > MAX_OPEN && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.users == 0) {
                oldest.remove();
                entry.channel.force(false);
                entry.channel.close();
            }
        }
    }

    /** Makes everything written so far survive a loss of power. */
    synchronized void force() throws IOException {
        for (Map.Entry<Key, Entry> entry : open.entrySet()) {
            if (entry.getKey().writable) {
                entry.getValue().channel.force(true);
            }
        }
    }

    /** Closes what is open; whoever still uses a channel gets an exception from it. */
    @Override
    public synchronized void close() throws IOException {
        List<Entry> all = new ArrayList<>(open.values());
        open.clear();
        for (Entry entry : all) {
            entry.channel.close();
        }
    }
}
