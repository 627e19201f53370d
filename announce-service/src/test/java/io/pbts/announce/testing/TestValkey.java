package io.pbts.announce.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A Valkey or Redis server of its own for a test class, as Debian has it: {@code valkey-server} or {@code redis-server}. */
public final class TestValkey implements AutoCloseable {
    private static final int TRIES = 200;

    private final int port = FreePort.next();
    private Process process = start();

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it without a warning. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, empty. */
    public void restart() {
        process = start();
    }

    private Process start() {
        try {
            Process started = new ProcessBuilder(
                            List.of(program(), "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", ""))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            awaitAnswer(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(Process started) {
        try (RedisClient client = RedisClient.create(url())) {
            for (int attempt = 0; attempt < TRIES && started.isAlive(); attempt++) {
                try (var connection = client.connect()) {
                    connection.sync().ping();
                    return;
                } catch (RedisConnectionException notYet) {
                    LockSupport.parkNanos(20_000_000);
                }
            }
        }
        throw new IllegalStateException("the server does not answer at " + url());
    }

    private static String program() {
        return List.of("valkey-server", "redis-server").stream()
                .filter(name -> List.of("/usr/bin", "/usr/local/bin").stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("no valkey-server or redis-server: apt-get install redis-server"));
    }

    @Override
    public void close() {
        kill();
    }
}
