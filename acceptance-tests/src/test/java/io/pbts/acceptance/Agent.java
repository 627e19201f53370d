package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./pbts agent} with a home of its own. */
record Agent(String name, Path home) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Stack.HOME.resolve("pbts").toString(), "agent"));
        command.addAll(List.of(arguments));
        return command;
    }

    Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME",
                home.resolve("config").toString(),
                "XDG_STATE_HOME",
                home.resolve("state").toString(),
                "PBTS_PASSWORD",
                "correct horse battery " + name,
                "PBTS_NO_BUILD",
                "1");
    }

    String run(String... arguments) {
        return Shell.run(home, PATIENCE, environment(), command(arguments))
                .succeeded()
                .output();
    }

    /** Runs until somebody stops it; what it prints is in the file. */
    Process start(Path log, String... arguments) {
        return start(log, command(arguments));
    }

    /** As {@link #start}, on a host of the net. */
    Process startOn(SwarmNet net, int host, Path log, String... arguments) {
        return start(log, net.on(host, command(arguments)));
    }

    private Process start(Path log, List<String> command) {
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
