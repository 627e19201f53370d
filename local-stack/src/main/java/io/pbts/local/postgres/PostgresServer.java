package io.pbts.local.postgres;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.DurableFile;
import io.pbts.local.directory.FileTree;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Starter;
import io.pbts.local.process.StopSignal;
import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The suite's Postgres: made once, started on loopback, asserted durable. Its files survive any kill. */
public final class PostgresServer {
    public static final String NAME = "postgres";
    private static final Duration MAKING = Duration.ofMinutes(2);
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final Duration ORPHANS = Duration.ofSeconds(15);
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);

    private final DataDirectory directory;
    private final PostgresFiles files;
    private final PostgresBinaries binaries;
    private final DatabaseUser user;
    private final String password;

    /** @param cache where the programs are unpacked */
    public PostgresServer(DataDirectory directory, Path cache, String superuserPassword) {
        this.directory = directory;
        this.files = new PostgresFiles(directory.postgres());
        this.binaries = PostgresBinaries.unpack(cache);
        this.user = DatabaseUser.choose(binaries, directory.postgres());
        this.password = superuserPassword;
    }

    /** Makes the database's files when there are none. */
    public void make(Starter starter) {
        if (files.exist()) {
            return;
        }
        Path passwordFile = files.path().resolveSibling("initdb.password");
        try {
            FileTree.delete(files.draft());
            user.own(Files.createDirectory(files.draft()));
            new DurableFile(passwordFile).write((password + "\n").getBytes(StandardCharsets.US_ASCII));
            user.own(passwordFile);
            initdb(starter, passwordFile);
            Files.move(files.draft(), files.path());
        } catch (IOException e) {
            throw new Trouble("cannot make the database in " + files.path() + ": " + e.getMessage(), e);
        } finally {
            forget(passwordFile);
        }
    }

    /** Starts the server and waits until it takes connections, crash recovery included. */
    public RunningProcess start(Starter starter, int port) {
        awaitOrphans();
        files.removeStaleLockFile();
        RunningProcess server = starter.start(spec(NAME, serverCommand(port), StopSignal.INT));
        boolean ready = Waiting.until(() -> files.ready() || !server.alive(), RECOVERY);
        if (!ready || !server.alive()) {
            throw new Trouble("postgres did not start; the end of %s:\n%s"
                    .formatted(
                            server.log().path(), String.join("\n", server.log().tail())));
        }
        return server;
    }

    /** Makes roles and schemas, asserts durability, and says what it found, such as {@code 18.6, fsync=on ...}. */
    public String prepare(int port, Map<String, String> passwordsByRole) {
        var bootstrap = new Bootstrap(serverUrl(port), password);
        try {
            bootstrap.run(passwordsByRole);
            try (Connection connection = bootstrap.connect(Bootstrap.DATABASE, "");
                    Statement statement = connection.createStatement()) {
                return Durability.show(statement, "server_version") + ", " + Durability.assertOn(connection);
            }
        } catch (SQLException | IOException e) {
            throw new Trouble("cannot prepare the database: " + e.getMessage(), e);
        }
    }

    /** JDBC URL of the suite's database, without a user. */
    public static String url(int port) {
        return serverUrl(port) + Bootstrap.DATABASE;
    }

    private static String serverUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/";
    }

    private static void forget(Path passwordFile) {
        try {
            Files.deleteIfExists(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initdb(Starter starter, Path passwordFile) {
        List<String> command = List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + files.draft(),
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        RunningProcess initdb = starter.start(spec("initdb", command, StopSignal.TERM));
        if (!initdb.finish(MAKING)) {
            throw new Trouble("initdb failed; the end of %s:\n%s"
                    .formatted(
                            initdb.log().path(), String.join("\n", initdb.log().tail())));
        }
    }

    private ProcessSpec spec(String name, List<String> command, StopSignal stop) {
        return new ProcessSpec(
                name,
                user.prefix(),
                command,
                Map.of("LC_ALL", "C", "TZ", "UTC", "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")),
                directory.path(),
                directory.log(name),
                stop,
                FAST_SHUTDOWN);
    }

    private List<String> serverCommand(int port) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(), "-D", files.path().toString()));
        ServerSettings.of(port).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /** The children of a killed server end by themselves when they notice; until then no new one may start. */
    private void awaitOrphans() {
        if (Waiting.until(() -> files.servers().isEmpty(), ORPHANS)) {
            return;
        }
        files.servers().forEach(ProcessHandle::destroyForcibly);
        if (!Waiting.until(() -> files.servers().isEmpty(), ORPHANS)) {
            throw new Trouble("an old database process still works in %s: pid %d; stop it by hand"
                    .formatted(files.path(), files.servers().getFirst().pid()));
        }
    }
}
