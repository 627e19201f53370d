package io.pbts.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param name the part's name: of its record, its log and its line on the terminal
 * @param prefix a program that runs the command as another user; empty for the same user
 * @param environment all of it: nothing of the supervisor's own environment leaks into a part
 * @param stopSignal what asks it to stop, also when the supervisor is killed and the system can tell
 * @param grace how long it may take to stop before it is killed
 */
public record ProcessSpec(
        String name,
        List<String> prefix,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        LogFile log,
        StopSignal stopSignal,
        Duration grace) {
    public ProcessSpec {
        if (!name.matches("[a-z][a-z0-9-]{0,40}") || command.isEmpty()) {
            throw new IllegalArgumentException("not a process to start: " + name + " " + command);
        }
        prefix = List.copyOf(prefix);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A process that stops by SIGTERM. */
    public static ProcessSpec of(
            String name, List<String> command, Map<String, String> environment, Path directory, LogFile log) {
        return new ProcessSpec(
                name, List.of(), command, environment, directory, log, StopSignal.TERM, Duration.ofSeconds(20));
    }
}
