package io.pbts.local.stack;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.StackFile;
import io.pbts.local.process.Isolation;
import io.pbts.local.process.LogFile;
import io.pbts.local.process.Waiting;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code up --detach}: the same program in a session of its own; its output is shown until it is up or has failed. */
public final class DetachedUp {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final DataDirectory directory;
    private final List<String> arguments;
    private final Console console;

    /** @param arguments of the program that goes to the background */
    public DetachedUp(DataDirectory directory, List<String> arguments, Console console) {
        this.directory = directory;
        this.arguments = List.copyOf(arguments);
        this.console = console;
    }

    /** Returns the exit code: 0 when the suite is up. */
    public int run() {
        directory.prepare();
        if (Running.supervisor(directory).isPresent()) {
            throw Running.alreadyUp(directory);
        }
        LogFile log = directory.log("stack");
        log.rotate();
        Process supervisor = start(log.path());
        var shown = new Shown(log.path(), console);
        var stack = new StackFile(directory);
        boolean decided = Waiting.until(
                () -> {
                    boolean over = !supervisor.isAlive() || stack.saysUp(supervisor.pid());
                    shown.more();
                    return over;
                },
                LIMIT);
        shown.more();
        if (!decided) {
            throw new Trouble(
                    "not up after %d minutes; it goes on trying, ./pbts down stops it".formatted(LIMIT.toMinutes()));
        }
        return supervisor.isAlive() ? 0 : Math.max(1, supervisor.exitValue());
    }

    private Process start(Path log) {
        List<String> command = new ArrayList<>(Isolation.ofThisMachine().ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.pbts.local.Main"));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new Trouble("cannot start in the background: " + e.getMessage(), e);
        }
    }

    /** The part of a growing file that was shown already. */
    private static final class Shown {
        private final Path file;
        private final Console console;
        private int bytes;

        private Shown(Path file, Console console) {
            this.file = file;
            this.console = console;
        }

        /** Shows whole new lines. */
        private void more() {
            try {
                byte[] all = Files.readAllBytes(file);
                String fresh = new String(all, bytes, all.length - bytes, StandardCharsets.UTF_8);
                int end = fresh.lastIndexOf('\n') + 1;
                fresh.substring(0, end).lines().forEach(console::line);
                bytes += fresh.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            } catch (IOException e) {
                console.error("cannot read " + file + ": " + e.getMessage());
            }
        }
    }
}
