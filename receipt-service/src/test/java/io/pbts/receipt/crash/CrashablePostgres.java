package io.pbts.receipt.crash;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.pbts.protocol.testing.network.FreePort;
import io.pbts.support.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A durable Postgres that can be killed with -9 and started again on the same files and port. */
final class CrashablePostgres implements AutoCloseable {
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Path directory;
    private EmbeddedPostgres server;

    private CrashablePostgres(Path directory) {
        this.directory = directory;
        this.server = launch(FreePort.next());
    }

    static CrashablePostgres start() {
        try {
            return new CrashablePostgres(Files.createTempDirectory("pbts-crashable-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh database with the suite's roles and schemas. */
    TestPostgres database() {
        return TestPostgres.createOn(server);
    }

    /** SIGKILL to the postmaster and to all who work for it, so that none of them brings a commit to its end. */
    void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.stream().map(ProcessHandle::onExit).forEach(CrashablePostgres::await);
    }

    /** Recovers from the files as the kill left them. */
    void restart() {
        int port = server.getPort();
        try {
            Files.deleteIfExists(lockFile()); // its pid may be somebody else's by now
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = launch(port);
    }

    @Override
    public void close() {
        try {
            server.close();
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(RECOVERY)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(lockFile()).getFirst().strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("no postmaster " + pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path lockFile() {
        return directory.resolve("data").resolve("postmaster.pid");
    }

    private static void await(CompletableFuture<ProcessHandle> exit) {
        exit.orTimeout(RECOVERY.toSeconds(), SECONDS).join();
    }
}
