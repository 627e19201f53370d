package io.pbts.receipt.crash;

import io.pbts.protocol.testing.network.FreePort;
import io.pbts.receipt.testing.Http;
import io.pbts.support.testing.TestKeys;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One receipt-service as production starts it, in a process that can be killed and started again on its port. */
final class Replica implements AutoCloseable {
    private static final String APPLICATION = "io.pbts.receipt.ReceiptServiceApplication";
    private static final Duration START = Duration.ofMinutes(5);

    private final int port = FreePort.next();
    private final Path log;
    private final List<String> command;
    private Process process;

    private Replica(String name, Map<String, String> settings) {
        this.log = logFile(name);
        this.command = command(settings);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill)); // a test run that is stopped leaves none behind
    }

    /** Starts a process; it answers some seconds later. */
    static Replica launch(String name, Map<String, String> settings) {
        return new Replica(name, settings);
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    synchronized void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again after a kill, without waiting for it. */
    synchronized void relaunch() {
        process = launch();
    }

    /** Waits until it takes requests; one that gave up because the database was away for too long is started again. */
    void awaitReady() {
        Eventually.until("replica " + log + " is ready", START, () -> {
            synchronized (this) {
                if (!process.isAlive()) {
                    process = launch();
                }
            }
            return ready();
        });
    }

    int port() {
        return port;
    }

    /** As the gateway asks it, on behalf of a stranger whose passkey the request carries. */
    Http http() {
        return httpAt(port);
    }

    /** The same, for what stands in front of a replica. */
    static Http httpAt(int port) {
        return new Http(port).asText(TestKeys.visitor("receipt").text());
    }

    @Override
    public void close() {
        kill();
    }

    private boolean ready() {
        try {
            return http().get("/actuator/health/readiness").status() == 200;
        } catch (IllegalStateException noAnswer) {
            return false;
        }
    }

    private Process launch() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Map<String, String> settings) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                mainClassPath(),
                APPLICATION,
                "--spring.profiles.active=production",
                "--server.port=" + port));
        settings.forEach((name, value) -> words.add("--" + name + "=" + value));
        return List.copyOf(words);
    }

    /** Without the tests' own classes: among them is a clock that stands still. */
    private static String mainClassPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path logFile(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "replicas"));
            return Files.createTempFile(folder, name + "-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
