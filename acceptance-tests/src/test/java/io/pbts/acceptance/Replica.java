package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One more process of a service of a stack, with ports of its own, that a test stops and kills as it likes. */
final class Replica {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(40);
    private static final List<String> PORTS =
            List.of("SERVER_PORT", "PBTS_ADMIN_PORT", "PBTS_TRACKER_PORT", "PBTS_TRACKER_INTERNAL_PORT");

    private final String service;
    private final Map<String, String> settings;
    private final Process process;
    private final Path log;

    private Replica(String service, Map<String, String> settings, Process process, Path log) {
        this.service = service;
        this.settings = settings;
        this.process = process;
        this.log = log;
    }

    /** Starts a process like the part's, with these settings changed; it answers some seconds later. */
    static Replica launch(Part part, List<String> command, Map<String, String> changes, Path folder) {
        try {
            Map<String, String> settings = new HashMap<>(part.environment());
            for (String port : PORTS) {
                settings.put(port, String.valueOf(FreePort.next()));
            }
            settings.putAll(changes);
            Path log = Files.createTempFile(folder, part.service() + "-", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(settings);
            var replica = new Replica(part.service(), Map.copyOf(settings), builder.start(), log);
            Runtime.getRuntime().addShutdownHook(new Thread(replica::kill));
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String service() {
        return service;
    }

    int port(String setting) {
        return Integer.parseInt(settings.get(setting));
    }

    void awaitReady() {
        Await.until(
                "%s is ready; its log is %s".formatted(service, log),
                START,
                () -> !process.isAlive() || isReady(),
                done -> done);
        if (!process.isAlive()) {
            throw new AssertionError(service + " did not start:\n" + tail());
        }
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. Returns how long it took to go by itself; fails when it did not. */
    Duration stop() {
        long start = System.nanoTime();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("%s is still there %s after SIGTERM:\n%s".formatted(service, STOP, tail()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether it says that it takes requests. The gateway's health is that of all services. */
    private boolean isReady() {
        String path = service.equals("gateway") ? "/health" : "/actuator/health/readiness";
        try {
            return new Http(URI.create("http://127.0.0.1:" + port("SERVER_PORT")))
                            .get(path)
                            .status()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
