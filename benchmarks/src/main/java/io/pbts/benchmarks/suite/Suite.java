package io.pbts.benchmarks.suite;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The suite in profile {@code production}, started by {@code ./pbts} in a data directory of its own, which goes with it. */
public final class Suite implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Processors that a suite at rest may keep busy: five JVMs with timers, and a block each second. */
    public static final double QUIET = 0.25;

    private final Path home;
    private final Path data;
    private final Map<String, String> settings;
    private final int port;
    private final int announcePort;
    private boolean stopped;
    private boolean kept;

    private Suite(Path home, Path data, Map<String, String> settings, int port, int announcePort) {
        this.home = home;
        this.data = data;
        this.settings = settings;
        this.port = port;
        this.announcePort = announcePort;
    }

    /**
     * Up, or an exception with what {@code ./pbts up} printed.
     *
     * @param home the checkout
     * @param settings environment variables of the services
     */
    public static Suite start(Path home, Map<String, String> settings) throws IOException, InterruptedException {
        Path work = Files.createDirectories(home.resolve(".pbts"));
        Path data = Files.createTempDirectory(
                work, "bench-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        var suite = new Suite(home, data, settings, Loopback.freePort(), Loopback.freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(suite::stopQuietly));
        suite.pbts(
                START,
                List.of(
                        "up",
                        "--detach",
                        "--profile=production",
                        "--port=" + suite.port,
                        "--announce-port=" + suite.announcePort,
                        "--data-dir=" + data));
        return suite;
    }

    public Gateway gateway() {
        return Gateway.at(URI.create("http://127.0.0.1:" + port));
    }

    /** Where announce-service listens for TCP and UDP. */
    public int announcePort() {
        return announcePort;
    }

    /** The process of a part, such as {@code announce-service}. */
    public long pid(String part) {
        return description().required("parts").required(part).required("pid").asLong();
    }

    /** The clock of every part, and of this process as {@code load generator}. */
    public CpuClock clock() {
        Map<String, Long> processes = new LinkedHashMap<>();
        for (var part : description().path("parts").properties()) {
            processes.put(part.getKey(), part.getValue().path("pid").asLong());
        }
        processes.put("load generator", ProcessHandle.current().pid());
        return new CpuClock(processes);
    }

    /**
     * Waits until the suite does next to nothing by itself: start-up caches are made, accounts are enrolled.
     *
     * @return processors that it kept busy in the end; more than {@link #QUIET} when patience ran out
     */
    public double awaitCalm(Duration patience) throws IOException, InterruptedException {
        var all = new CpuClock(
                Map.of("suite", description().path("supervisor_pid").asLong()));
        long deadline = System.nanoTime() + patience.toNanos();
        double load;
        do {
            var before = all.read();
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            Duration used = CpuClock.between(before, all.read()).getOrDefault("suite", Duration.ZERO);
            load = (double) used.toMillis() / LOOK.toMillis();
        } while (load > QUIET && System.nanoTime() < deadline);
        return load;
    }

    /** Leaves the data directory, with the logs of every part, to whoever looks into a failure. */
    public Path keepData() {
        kept = true;
        return data;
    }

    private JsonNode description() {
        return new JsonMapper().readTree(data.resolve("stack.json").toFile());
    }

    private void pbts(Duration patience, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("pbts").toString()));
        command.addAll(arguments);
        Path output = data.resolve("bench.log");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        builder.environment().put("PBTS_NO_BUILD", "1");
        Process process = builder.start();
        if (!process.waitFor(patience) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("./pbts " + String.join(" ", arguments) + " failed:\n" + Files.readString(output));
        }
    }

    private void stopQuietly() {
        try {
            close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            pbts(STOP, List.of("down", "--data-dir=" + data));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; what still runs is stopped by ./pbts down --data-dir " + data, e);
        }
        if (!kept) {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
