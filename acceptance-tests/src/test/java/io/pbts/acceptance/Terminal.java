package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A terminal in a checkout, whose commands find the programs of a machine. */
final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Whatever the commands set is there for the next, and what they leave running is known by its session. */
    private static final String SESSION = """
            echo $$ >>"$TERMINALS"
            . "$VARIABLES"
            trap 'export -p | grep "^declare -x " >"$VARIABLES"' EXIT
            eval "$1"
            """;

    private final Path checkout;
    private final Path variables;
    private final Path sessions;
    private final Path keyring;
    private final StandIns standIns;

    private Terminal(Checkout checkout, Machine machine) throws IOException {
        Path folder = checkout.folder();
        this.checkout = checkout.path();
        this.variables = Files.createFile(folder.resolve("variables"));
        this.sessions = Files.createFile(folder.resolve("terminals"));
        this.keyring = Files.createDirectory(
                folder.resolve("gnupg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Map<String, StandIns.Program> programs = new LinkedHashMap<>(machine.programs());
        programs.put("curl", new Curl(machine));
        this.standIns = StandIns.in(Files.createDirectory(folder.resolve("programs")), programs);
        Runtime.getRuntime().addShutdownHook(new Thread(this::endSessions));
    }

    static Terminal in(Checkout checkout, Machine machine) {
        try {
            return new Terminal(checkout, machine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the commands as they stand there, with the variables of those before; fails with what they printed. */
    String run(Fence fence) {
        long start = System.nanoTime();
        try {
            String output = Shell.run(
                            checkout,
                            PATIENCE,
                            Map.of(
                                    "PATH", standIns.path(),
                                    "GNUPGHOME", keyring.toString(),
                                    "PBTS_NO_BUILD", "1",
                                    "TERMINALS", sessions.toString(),
                                    "VARIABLES", variables.toString()),
                            List.of(
                                    "setsid",
                                    "--wait",
                                    "bash",
                                    "-aeuo",
                                    "pipefail",
                                    "-c",
                                    SESSION,
                                    "terminal",
                                    fence.commands()))
                    .succeeded()
                    .output();
            System.out.printf(
                    "%s: %d s%n",
                    fence, Duration.ofNanos(System.nanoTime() - start).toSeconds());
            return output;
        } catch (AssertionError failed) {
            throw new AssertionError(fence + "\n" + fence.commands() + "\n" + failed.getMessage(), failed);
        }
    }

    /** As if the operator had said so. */
    void define(String variable, String value) {
        try {
            Files.writeString(
                    variables, "declare -x %s=\"%s\"\n".formatted(variable, value), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        endSessions();
        standIns.close();
    }

    /** What commands left running in the background goes with the session that it was started in. */
    private void endSessions() {
        Shell.run("bash", "-c", "while read -r session; do kill -KILL -- -$session; done <" + sessions);
    }
}
