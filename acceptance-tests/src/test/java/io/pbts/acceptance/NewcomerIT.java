package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer meets at the script itself: one clear line that says what to do, and an exit code that scripts can read. */
class NewcomerIT {
    private static final long TWO_GIB = 2L << 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theWholeSuiteLivesInTwoGibibytes() {
        long resident = 0;
        for (ProcessHandle process : LocalStack.get().processes()) {
            resident += residentBytes(process);
        }
        assertThat(resident).as("resident bytes of all parts").isPositive().isLessThanOrEqualTo(TWO_GIB);
    }

    /** None for a process that has ended since it was listed, such as a worker of the database. */
    private static long residentBytes(ProcessHandle process) {
        try (var status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    @Test
    void statusNamesEveryPart() {
        Stack stack = LocalStack.get();
        String printed = stack.pbts(
                        PATIENCE, "status", "--data-dir", stack.dataDir().toString())
                .succeeded()
                .output();
        assertThat(printed)
                .contains("postgres", "anvil", "gateway-service", "announce-service", "receipt-service")
                .contains("reputation-service", "contract-service");
    }

    @Test
    void aSecondUpSaysThatItIsUp() {
        Stack stack = LocalStack.get();
        var second = stack.pbts(
                PATIENCE, "up", "--detach", "--data-dir", stack.dataDir().toString());
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.output()).contains("already up", "./pbts down");
    }

    @Test
    void aBusyPortIsNamed(@org.junit.jupiter.api.io.TempDir Path dataDir) throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = LocalStack.get()
                    .pbts(
                            PATIENCE,
                            "up",
                            "--detach",
                            "--port",
                            String.valueOf(busy.getLocalPort()),
                            "--announce-port",
                            String.valueOf(FreePort.next()),
                            "--data-dir",
                            dataDir.toString());
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.output()).contains(String.valueOf(busy.getLocalPort()), "--port");
        }
    }

    @Test
    void aDataDirThatCannotBeWrittenIsNamed() {
        var refused = LocalStack.get().pbts(PATIENCE, "up", "--detach", "--data-dir", "/proc/pbts-data");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("/proc/pbts-data", "--data-dir");
    }

    @Test
    void aMissingJdkAndAMissingNodeAreNamed(@TempDir Path bare) throws IOException {
        for (String tool : List.of(
                "bash",
                "env",
                "dirname",
                "readlink",
                "ls",
                "find",
                "sed",
                "grep",
                "cat",
                "uname",
                "id",
                "head",
                "tail",
                "sort",
                "mkdir",
                "stat",
                "date",
                "tr",
                "cut",
                "basename",
                "rm",
                "git",
                "test",
                "true",
                "expr")) {
            for (String folder : List.of("/usr/bin/", "/bin/")) {
                if (Files.isExecutable(Path.of(folder + tool)) && !Files.exists(bare.resolve(tool))) {
                    Files.createSymbolicLink(bare.resolve(tool), Path.of(folder + tool));
                }
            }
        }
        var withoutNode = Shell.run(
                Stack.HOME,
                PATIENCE,
                Map.of("PATH", bare.toString()),
                List.of(Stack.HOME.resolve("pbts").toString(), "up", "--detach", "--data-dir", bare + "/data"));
        assertThat(withoutNode.exitCode()).isNotZero();
        assertThat(withoutNode.output()).contains("Node");
        var withoutJdk = Shell.run(
                Stack.HOME,
                PATIENCE,
                Map.of("PATH", bare.toString(), "JAVA_HOME", "/nowhere", "PBTS_JDK_SEARCH", bare.toString()),
                List.of(Stack.HOME.resolve("pbts").toString(), "up", "--detach", "--data-dir", bare + "/data"));
        assertThat(withoutJdk.exitCode()).isNotZero();
        assertThat(withoutJdk.output()).contains("JDK 25");
    }

    @Test
    void downLeavesNoProcessBehind() {
        Stack stack = Stack.start("local", Map.of());
        List<ProcessHandle> parts = stack.processes();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(8);
        stack.pbts(PATIENCE, "down", "--data-dir", stack.dataDir().toString()).succeeded();
        assertThat(parts.stream().filter(Shell::runs).toList()).isEmpty();
        assertThat(stack.pbts(PATIENCE, "down", "--data-dir", stack.dataDir().toString())
                        .exitCode())
                .isZero();
    }
}
