package io.pbts.local.directory;

import io.pbts.local.console.Trouble;
import io.pbts.local.process.LogFile;
import io.pbts.local.process.ProcessRecords;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Where one suite keeps everything that survives a restart. Its layout is known here and nowhere else. */
public record DataDirectory(Path path) {
    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the folders, and refuses a folder that this user cannot write to. */
    public void prepare() {
        try {
            Files.createDirectories(path);
            requireOwn();
            Files.createDirectories(logs());
            Files.createDirectories(run());
            Files.createDirectories(chain());
            if (!Files.isDirectory(secrets())) {
                Files.createDirectory(
                        secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new Trouble(
                    "cannot write to the data directory %s (%s): make it writable for this user, or choose another with --data-dir"
                            .formatted(path, reason(e)),
                    e);
        }
    }

    /** The database's files. */
    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path chain() {
        return path.resolve("chain");
    }

    public Path secrets() {
        return path.resolve("secrets");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public LogFile log(String part) {
        return new LogFile(logs().resolve(part + ".log"));
    }

    /** An empty folder for what a part writes only for itself: whoever is killed leaves something behind. */
    public Path scratch(String part) {
        Path folder = path.resolve("tmp").resolve(part);
        try {
            FileTree.delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Trouble("cannot empty %s: %s".formatted(folder, reason(e)), e);
        }
    }

    public ProcessRecords records() {
        return new ProcessRecords(run());
    }

    Path run() {
        return path.resolve("run");
    }

    Path stackFile() {
        return path.resolve("stack.json");
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason().toLowerCase(Locale.ROOT)
                : "not a folder that can be made";
    }

    /** Two users of one folder would leave files behind that the other cannot replace. */
    private void requireOwn() throws IOException {
        Path probe = Files.createTempFile(path, "write", ".check");
        var self = Files.getOwner(probe);
        Files.delete(probe);
        if (Files.exists(run()) && !Files.getOwner(run()).equals(self)) {
            throw new Trouble(
                    "the data directory %s belongs to user %s: run pbts as that user, or choose another with --data-dir"
                            .formatted(path, Files.getOwner(run()).getName()));
        }
    }
}
