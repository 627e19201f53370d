package io.pbts.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.StackDescription;
import io.pbts.local.directory.StackFile;
import io.pbts.local.process.ProcessId;
import io.pbts.local.process.Waiting;
import io.pbts.local.testing.FakeCheckout;
import io.pbts.local.testing.Program;
import io.pbts.local.testing.TestParts;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor as a whole, with real Postgres, real anvil and fake services. */
class SuiteTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> PARTS = List.of(
            "postgres",
            "anvil",
            "reputation-service",
            "announce-service",
            "receipt-service",
            "contract-service",
            "gateway-service");

    @TempDir
    Path folder;

    DataDirectory directory;
    int port;
    int announcePort;
    final List<Program> programs = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        FakeCheckout.in(folder);
        directory = new DataDirectory(folder.resolve("my data"));
        port = FreePort.next();
        announcePort = FreePort.next();
    }

    @AfterEach
    void close() throws Exception {
        for (Program program : programs) {
            program.close();
        }
        run("down").awaitExit();
    }

    @Test
    void startsEverythingSaysWhereAndLeavesNothingBehind() throws Exception {
        Program up = up();
        up.awaitLine("PBTS is up");
        up.awaitLine("  data ");
        StackDescription stack = description();
        assertThat(stack.state()).isEqualTo("up");
        assertThat(stack.profile()).isEqualTo("local");
        assertThat(stack.gatewayUrl()).isEqualTo("http://localhost:" + port);
        assertThat(stack.announceUrl()).isEqualTo("http://localhost:%d/announce".formatted(announcePort));
        assertThat(stack.settlementAddress()).isEqualTo("0x00000000000000000000000000000000000000A1");
        assertThat(stack.adminUrl()).matches("http://127\\.0\\.0\\.1:2\\d{4}");
        assertThat(stack.parts()).containsOnlyKeys(PARTS);
        assertThat(up.output())
                .contains("fsync=on synchronous_commit=on full_page_writes=on")
                .contains("http://localhost:" + port + "/docs")
                .contains("announce    http://localhost:%d/announce%n".formatted(port))
                .contains("              udp://localhost:%d/announce%n".formatted(announcePort))
                .contains("admin       %s, key in %s".formatted(stack.adminUrl(), stack.adminKeyFile()))
                .doesNotContain(Files.readString(Path.of(stack.adminKeyFile())));

        Program table = run("status");
        assertThat(table.awaitExit()).isZero();
        assertThat(table.output())
                .contains(Places.of(stack))
                .contains(stack.adminUrl(), stack.docsUrl(), stack.rpcUrl());
        Program status = run("status", "--json");
        assertThat(status.awaitExit()).isZero();
        var json = StackFile.JSON.readTree(status.output());
        assertThat(json.path("parts").path("postgres").path("rss_kib").asLong()).isPositive();
        assertThat(json.path("gateway_url").asString()).isEqualTo(stack.gatewayUrl());

        Program down = run("down");
        assertThat(down.awaitExit()).isZero();
        assertThat(down.output()).contains("PBTS is down");
        up.awaitExit();
        assertThat(alive(stack)).isEmpty();
        assertThat(directory.path().resolve("stack.json")).doesNotExist();
    }

    @Test
    void stopsInOrderAtCtrlC() throws Exception {
        Program up = up();
        up.awaitLine("  data ");
        StackDescription stack = description();
        new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
        up.awaitExit();
        assertThat(up.output()).contains("saved at block").endsWith("PBTS is down\n");
        assertThat(alive(stack)).isEmpty();
    }

    @Test
    void stopsInTheMiddleOfAStart() throws Exception {
        Program up = up();
        up.awaitLine("anvil ");
        new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
        up.awaitExit();
        assertThat(up.output()).endsWith("PBTS is down\n").doesNotContain("PBTS is up");
        assertThat(directory.records().alive()).isEmpty();
    }

    @Test
    void refusesASecondStartOnTheSameData() throws Exception {
        Program up = up();
        up.awaitLine("  data ");
        Program second = up();
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.output())
                .isEqualTo("pbts: PBTS is already up (pid %d, http://localhost:%d); ./pbts down stops it%n"
                        .formatted(up.pid(), port));
        Program detached = run(arguments("up", "--detach"));
        assertThat(detached.awaitExit()).isEqualTo(1);
        assertThat(detached.output()).contains("PBTS is already up");
        assertThat(run("status").awaitExit()).isZero();
    }

    @Test
    void keepsItsDataWhenTheSupervisorIsKilled() throws Exception {
        Program up = up();
        up.awaitLine("  data ");
        StackDescription killed = description();
        sql("create table kept (n int)", "insert into kept values (7)");
        TestParts.kill(up.pid());
        Program again = up();
        again.awaitLine("  data ");
        assertThat(alive(killed)).isEmpty();
        assertThat(number("select n from kept")).isEqualTo(7);
    }

    @Test
    void keepsItsDataWhenEverythingIsKilledAtOnce() throws Exception {
        Program up = up();
        up.awaitLine("  data ");
        StackDescription killed = description();
        sql("create table kept (n int)", "insert into kept values (8)");
        List<Long> pids = new ArrayList<>(
                killed.parts().values().stream().map(StackDescription.Part::pid).toList());
        pids.add(up.pid());
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Program again = up();
        again.awaitLine("  data ");
        assertThat(number("select n from kept")).isEqualTo(8);
    }

    @Test
    void letsPartsDieWithAKilledSupervisorOrSweepsThemUp() throws Exception {
        Program up = up();
        up.awaitLine("  data ");
        StackDescription killed = description();
        TestParts.kill(up.pid());
        Program down = run("down");
        assertThat(down.awaitExit()).isZero();
        assertThat(down.output()).containsAnyOf("stopped what a killed run left behind", "PBTS is not running");
        assertThat(Waiting.until(() -> alive(killed).isEmpty(), SOON)).isTrue();
    }

    @Test
    void stopsEverythingAndShowsTheLogWhenAPartEnds() throws Exception {
        Program up = Program.start(folder, Map.of("PBTS_FAKE_EXIT", "receipt:3"), arguments("up"));
        programs.add(up);
        assertThat(up.awaitExit()).isEqualTo(1);
        assertThat(up.output())
                .contains("receipt-service stopped by itself (exit 3), so everything stops; the end of ")
                .contains("a disk somewhere is full")
                .endsWith("PBTS is down\n");
        assertThat(directory.records().alive()).isEmpty();
    }

    @Test
    void returnsWhenUpAndLivesOnWhenDetachedWhateverAKilledOneOfAnotherVersionLeft() throws Exception {
        directory.prepare();
        Files.writeString(directory.path().resolve("stack.json"), "{\"state\": \"up\", \"supervisor_pid\": 1}");
        Program detached = run(arguments("up", "--detach"));
        assertThat(detached.awaitExit()).isZero();
        assertThat(detached.output()).contains("PBTS is up");
        assertThat(run("status").awaitExit()).isZero();
        assertThat(run("down").awaitExit()).isZero();
        assertThat(run("status").awaitExit()).isEqualTo(1);
    }

    @Test
    void saysWhyADetachedStartFailed() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            Program detached = run(arguments("up", "--detach"));
            assertThat(detached.awaitExit()).isEqualTo(1);
            assertThat(detached.output()).contains("port %d is busy".formatted(port));
        }
    }

    @Test
    void saysSoWhenThereIsNothingToStop() throws Exception {
        Program down = run("down");
        assertThat(down.awaitExit()).isZero();
        assertThat(down.output()).startsWith("PBTS is not running");
        assertThat(Files.exists(directory.path())).isFalse();
    }

    private Program up() throws IOException {
        return run(arguments("up"));
    }

    private Program run(String command, String... more) throws IOException {
        List<String> all =
                new ArrayList<>(List.of(command, "--data-dir", directory.path().toString()));
        all.addAll(List.of(more));
        return run(all);
    }

    private Program run(List<String> all) throws IOException {
        Program program = Program.start(folder, Map.of(), all);
        programs.add(program);
        return program;
    }

    private List<String> arguments(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--data-dir", directory.path().toString(), "--root", folder.toString()));
        all.addAll(List.of("--cache-dir", FakeCheckout.cache().toString()));
        all.addAll(List.of("--port", Integer.toString(port), "--announce-port", Integer.toString(announcePort)));
        return all;
    }

    private StackDescription description() {
        var file = new StackFile(directory);
        Waiting.until(
                () -> file.read().filter(stack -> stack.state().equals("up")).isPresent(), SOON);
        return file.read().orElseThrow();
    }

    private static List<ProcessId> alive(StackDescription stack) {
        return stack.parts().values().stream()
                .flatMap(part -> ProcessId.of(part.pid()).stream())
                .toList();
    }

    private void sql(String... statements) throws Exception {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int number(String query) throws Exception {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection superuser() throws SQLException, IOException {
        String password = Files.readString(directory.secrets().resolve("postgres"));
        return DriverManager.getConnection(description().postgresUrl(), "postgres", password);
    }
}
