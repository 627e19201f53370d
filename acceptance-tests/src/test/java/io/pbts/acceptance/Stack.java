package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The suite, started and stopped by {@code ./pbts} as a newcomer would, in a data directory of its own. */
final class Stack {
    static final Path HOME =
            Path.of(System.getProperty("pbts.home", "..")).toAbsolutePath().normalize();
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration START = Duration.ofMinutes(5);
    private static final String CHAIN = "chain";
    private static final int LOOKS_BETWEEN_TRAININGS = 20;

    private final String profile;
    private final Map<String, String> environment;
    private final Path dataDir;
    private final int port;
    private final int announcePort;

    private Stack(String profile, Map<String, String> environment, Path dataDir, int port, int announcePort) {
        this.profile = profile;
        this.environment = environment;
        this.dataDir = dataDir;
        this.port = port;
        this.announcePort = announcePort;
    }

    /** A fresh stack, up; it goes down with the test JVM at the latest. */
    static Stack start(String profile, Map<String, String> environment) {
        return start(profile, environment, _ -> {});
    }

    /** A fresh stack that has nothing of one before but its chain, taken out of that one's data directory. */
    static Stack startOnChainOf(Stack before, Map<String, String> environment) {
        return start(
                before.profile,
                environment,
                dataDir -> Files.move(before.dataDir.resolve(CHAIN), dataDir.resolve(CHAIN)));
    }

    private interface Preparation {
        void prepare(Path dataDir) throws IOException;
    }

    private static Stack start(String profile, Map<String, String> environment, Preparation preparation) {
        try {
            Path dataDir = Files.createTempDirectory("pbts-acceptance-" + profile);
            preparation.prepare(dataDir);
            Files.setPosixFilePermissions(
                    dataDir, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Stack stack = new Stack(profile, environment, dataDir, FreePort.next(), FreePort.next());
            Runtime.getRuntime().addShutdownHook(new Thread(stack::end));
            stack.up();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code ./pbts up --detach}; fails with what it printed. */
    String up() {
        return pbts(
                        START,
                        "up",
                        "--detach",
                        "--profile",
                        profile,
                        "--port",
                        String.valueOf(port),
                        "--announce-port",
                        String.valueOf(announcePort),
                        "--data-dir",
                        dataDir.toString())
                .succeeded()
                .output();
    }

    /** Waits until the start-up caches of a first start are made, which takes one of two cores for a minute or two. */
    void awaitStartupCaches() {
        var quiet = new AtomicInteger();
        Await.until("start-up caches made", Duration.ofMinutes(10), Stack::trains, trains -> {
            quiet.set(trains ? 0 : quiet.get() + 1);
            return quiet.get() == LOOKS_BETWEEN_TRAININGS;
        });
    }

    private static boolean trains() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("-XX:AOTMode="));
    }

    void stop() {
        pbts(Duration.ofMinutes(1), "down", "--data-dir", dataDir.toString());
    }

    /** Nothing is left of it but its logs. */
    private void end() {
        stop();
        Path kept = HOME.resolve("acceptance-tests/target/stacks").resolve(dataDir.getFileName());
        Shell.run(
                        HOME,
                        Duration.ofMinutes(1),
                        Map.of("DATA", dataDir.toString(), "KEPT", kept.toString()),
                        List.of("sh", "-c", "mkdir -p \"$KEPT\" && cp \"$DATA\"/logs/* \"$KEPT\"; rm -rf \"$DATA\""))
                .succeeded();
    }

    /** Stops it and deletes its database, its secrets and whatever else there is, the chain left out. */
    void destroyAllButTheChain() {
        stop();
        Shell.run(
                        HOME,
                        Duration.ofMinutes(1),
                        Map.of(),
                        List.of(
                                "find",
                                dataDir.toString(),
                                "-mindepth",
                                "1",
                                "-maxdepth",
                                "1",
                                "!",
                                "-name",
                                CHAIN,
                                "-exec",
                                "rm",
                                "-rf",
                                "{}",
                                "+"))
                .succeeded();
    }

    Shell.Outcome pbts(Duration patience, String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("pbts").toString()));
        command.addAll(List.of(arguments));
        return Shell.run(HOME, patience, environment, command);
    }

    JsonNode description() {
        return JSON.readTree(dataDir.resolve("stack.json").toFile());
    }

    /** Every process of the stack: the parts, what they started, and the supervisor. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> found = new ArrayList<>();
        String mark = dataDir.toString();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .forEach(found::add);
        for (JsonNode part : description().path("parts")) {
            ProcessHandle.of(part.path("pid").asLong()).ifPresent(process -> {
                process.descendants().forEach(found::add);
                found.add(process);
            });
        }
        ProcessHandle.of(description().path("supervisor_pid").asLong(-1)).ifPresent(found::add);
        return found.stream().distinct().toList();
    }

    Path dataDir() {
        return dataDir;
    }

    int port() {
        return port;
    }

    int announcePort() {
        return announcePort;
    }

    Http gateway() {
        return new Http(URI.create("http://127.0.0.1:" + port));
    }

    String rpcUrl() {
        return description().path("rpc_url").asString();
    }
}
