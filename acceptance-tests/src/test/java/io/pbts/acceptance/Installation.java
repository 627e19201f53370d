package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with what an operator has of a checkout, the stand-ins that its commands find, and what is installed by them. */
final class Installation implements AutoCloseable {
    private static final Duration COMMANDS = Duration.ofMinutes(15);
    private static final List<String> CHECKOUT =
            List.of("pbts", "Dockerfile", "docker-compose.yml", "db", "deployment");
    /** What an operator may change there. */
    private static final String MANIFESTS = "k8s";

    /** Whatever the commands set is there for the next, and what they leave running is known by its session. */
    private static final String TERMINAL = """
            echo $$ >>"$TERMINALS"
            . "$VARIABLES"
            trap 'export -p | grep "^declare -x " >"$VARIABLES"' EXIT
            eval "$1"
            """;

    private final Path folder;
    private final Path variables;
    private final Path checkout;
    private final Path terminals;
    private final Doors doors = new Doors();
    private final Platform platform;
    private final StandIns standIns;

    private Installation(Path folder, Ground ground) throws IOException {
        this.folder = folder;
        this.variables = Files.createFile(folder.resolve("variables"));
        this.terminals = Files.createFile(folder.resolve("terminals"));
        this.checkout = Files.createDirectory(folder.resolve("checkout"));
        for (String part : CHECKOUT) {
            Files.createSymbolicLink(checkout.resolve(part), Stack.HOME.resolve(part));
        }
        Shell.run("cp", "-R", Stack.HOME.resolve(MANIFESTS).toString(), checkout.toString())
                .succeeded();
        this.platform = ground.prepare(folder, checkout, doors);
        Map<String, StandIns.Program> programs = new LinkedHashMap<>(platform.programs());
        programs.put("curl", new Curl(platform));
        this.standIns = StandIns.in(Files.createDirectory(folder.resolve("programs")), programs);
        Runtime.getRuntime().addShutdownHook(new Thread(this::endTerminals));
    }

    /** What an installation is made on. */
    interface Ground {
        /**
         * Prepares it.
         *
         * @param folder for what it keeps
         * @param checkout where its operator's commands run
         * @param doors of its network
         */
        Platform prepare(Path folder, Path checkout, Doors doors);
    }

    /** Nothing is installed yet. */
    static Installation emptyOn(Ground ground) {
        try {
            Path folder = Files.createTempDirectory("pbts-operations");
            // The database's user must reach its data.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectory(
                    folder.resolve("gnupg"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new Installation(folder, ground);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the commands as they stand there, with the variables of those before, as in one terminal; fails with what they
     * printed.
     */
    String run(Fence fence) {
        long start = System.nanoTime();
        try {
            String output = Shell.run(
                            checkout,
                            COMMANDS,
                            Map.of(
                                    "PATH", standIns.path(),
                                    "GNUPGHOME", folder.resolve("gnupg").toString(),
                                    "PBTS_NO_BUILD", "1",
                                    "TERMINALS", terminals.toString(),
                                    "VARIABLES", variables.toString()),
                            List.of(
                                    "setsid",
                                    "--wait",
                                    "bash",
                                    "-aeuo",
                                    "pipefail",
                                    "-c",
                                    TERMINAL,
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

    /** Where its operator's commands run. */
    Path checkout() {
        return checkout;
    }

    /** As if the operator had said so in the terminal. */
    void define(String variable, String value) {
        write(variables, "declare -x %s=\"%s\"\n".formatted(variable, value));
    }

    /** As if the operator had put a file into the checkout. */
    void put(String file, String content) {
        write(checkout.resolve(file), content);
    }

    /** The checkout becomes that of another version, whose number is in the manifests. */
    void checkOut(String version, String next) {
        String files = "grep -rlF \"$0\" %s | xargs sed -i \"s/${0//./\\\\.}/$1/\"".formatted(MANIFESTS);
        Shell.run(checkout, COMMANDS, Map.of(), List.of("bash", "-euo", "pipefail", "-c", files, version, next))
                .succeeded();
    }

    Platform platform() {
        return platform;
    }

    /** Where members ask. */
    Http gateway() {
        return at(doors.port("gateway-service", 8000));
    }

    /** Where clients announce directly. */
    Http tracker() {
        return at(doors.port(platform.tracker(), 6969));
    }

    /** The development chain that comes with it. */
    Chain chain() {
        return chainAt("http://127.0.0.1:" + doors.port("anvil", 8545));
    }

    /** The contract that it settles upon, as a node says. */
    Chain chainAt(String rpcUrl) {
        String address = Await.until(
                "the settlement contract is known",
                Duration.ofMinutes(1),
                () -> gateway()
                        .get("/contract/status")
                        .json()
                        .path("settlement_address")
                        .asString(""),
                found -> found.startsWith("0x"));
        return new Chain(rpcUrl, address);
    }

    /** The sums of the ledger in the database, as its superuser reads them. */
    LedgerSums sums() {
        String url = "jdbc:postgresql://127.0.0.1:%d/pbts".formatted(doors.port("postgres", 5432));
        try (Connection connection = DriverManager.getConnection(url, "postgres", platform.superuserPassword())) {
            return LedgerSums.in(connection);
        } catch (SQLException e) {
            throw new AssertionError("the ledger cannot be read", e);
        }
    }

    @Override
    public void close() {
        endTerminals();
        standIns.close();
        platform.close();
        doors.close();
        Shell.run("rm", "-rf", folder.toString());
    }

    /** What commands left running in the background goes with the terminal that it was started in. */
    private void endTerminals() {
        Shell.run("bash", "-c", "while read -r session; do kill -KILL -- -$session; done <" + terminals);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Http at(int port) {
        return new Http(URI.create("http://127.0.0.1:" + port));
    }
}
