package io.pbts.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One small file per running process, so that the next start finds what a killed one left behind. */
public final class ProcessRecords {
    private static final String SUFFIX = ".pid";

    private final Path directory;

    public ProcessRecords(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    public void write(String name, ProcessId id) {
        try {
            Files.createDirectories(directory);
            Path draft = directory.resolve(name + ".draft");
            Files.writeString(draft, id.text() + "\n");
            Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<ProcessId> read(String name) {
        try {
            return ProcessId.parse(Files.readString(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process of the records that still runs, by name. */
    public Map<String, ProcessId> alive() {
        var alive = new TreeMap<String, ProcessId>();
        if (!Files.isDirectory(directory)) {
            return alive;
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .forEach(name -> read(name).filter(ProcessId::alive).ifPresent(id -> alive.put(name, id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return alive;
    }

    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
