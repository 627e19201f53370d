package io.pbts.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.Secrets;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.service.ServiceSecrets;
import io.pbts.local.testing.FakeCheckout;
import io.pbts.local.testing.TestParts;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    DataDirectory directory;
    TestParts parts;
    Map<String, String> passwords;
    int port;
    String prepared;

    @BeforeEach
    void open() throws IOException {
        directory = new DataDirectory(folder.resolve("a folder"));
        directory.prepare();
        parts = new TestParts(folder.resolve("run"));
        passwords = new ServiceSecrets(new Secrets(directory.secrets(), new SecureRandom())).prepare();
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void keepsCommittedRowsOverAKill() throws Exception {
        RunningProcess first = start();
        ownerCreates("create table receipt.kept (n int)", "insert into receipt.kept values (42)");
        TestParts.kill(first.pid());
        start();
        assertThat(number("receipt_owner", "select n from receipt.kept")).isEqualTo(42);
    }

    @Test
    void startsWhenAnotherProcessHasTheOldPid() throws Exception {
        RunningProcess first = start();
        TestParts.kill(first.pid());
        Path lock = directory.postgres().resolve("postmaster.pid");
        String text = Files.readString(lock);
        long other = ProcessHandle.current().pid();
        Files.writeString(lock, text.replaceFirst("^\\d+", Long.toString(other)));
        start();
        assertThat(number("receipt_app", "select 1")).isEqualTo(1);
    }

    @Test
    void isDurableWhateverItsFilesSay() throws Exception {
        start();
        parts.close();
        Files.writeString(
                directory.postgres().resolve("postgresql.auto.conf"),
                "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n",
                StandardOpenOption.APPEND);
        start();
        assertThat(prepared).matches("18\\.\\d+, fsync=on synchronous_commit=on full_page_writes=on");
    }

    @Test
    void letsNoServiceIntoTheSchemaOfAnother() throws Exception {
        start();
        ownerCreates("create table receipt.private (n int)");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> number("announce_app", "select n from receipt.private"))
                .withMessageContaining("permission denied");
    }

    @Test
    void asksForAPassword() throws Exception {
        start();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(PostgresServer.url(port), "receipt_app", "guess"))
                .withMessageContaining("password authentication failed");
    }

    @Test
    void writesNoPasswordIntoItsLog() throws Exception {
        RunningProcess server = start();
        assertThat(passwords.values()).noneMatch(Files.readString(server.log().path())::contains);
    }

    private RunningProcess start() {
        port = FreePort.next();
        var server = new PostgresServer(directory, FakeCheckout.cache(), "superuser0superuser0");
        server.make(parts);
        RunningProcess process = server.start(parts, port);
        prepared = server.prepare(port, passwords);
        return process;
    }

    private void ownerCreates(String... statements) throws SQLException {
        try (Connection connection = connect("receipt_owner");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int number(String role, String query) throws SQLException {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(PostgresServer.url(port), role, passwords.get(role));
    }
}
