package io.pbts.local.postgres;

import io.pbts.local.console.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The database's folder. */
record PostgresFiles(Path path) {
    private static final int STATUS_LINE = 7;

    boolean exist() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /** Where a new database is made before it gets its name, so that a kill half way leaves nothing that looks like one. */
    Path draft() {
        return path.resolveSibling(path.getFileName() + ".draft");
    }

    /** Whether the server says that it takes connections (as pg_ctl asks: the last line of postmaster.pid). */
    boolean ready() {
        List<String> lines = lockFile();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Removes the lock file of a killed server. Postgres does it alone unless another process has got the old pid, which is
     * common after a reboot and in containers; called only when no process works in this folder.
     */
    void removeStaleLockFile() {
        try {
            Files.deleteIfExists(path.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new Trouble("cannot remove the stale lock file in " + path + ": " + e.getMessage(), e);
        }
    }

    /** Servers and their children that still work in this folder: they chdir into it (Linux; elsewhere unknown). */
    List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> link(process, "cwd").filter(this::isHere).isPresent())
                .filter(process -> link(process, "exe")
                        .filter(exe -> exe.endsWith("postgres"))
                        .isPresent())
                .toList();
    }

    private boolean isHere(Path folder) {
        try {
            return folder.equals(path.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> link(ProcessHandle process, String name) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), name)));
        } catch (IOException e) {
            return Optional.empty(); // gone, another user's, or no /proc
        }
    }

    private List<String> lockFile() {
        try {
            return Files.readAllLines(path.resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
