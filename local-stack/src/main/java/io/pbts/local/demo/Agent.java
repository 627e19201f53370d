package io.pbts.local.demo;

import io.pbts.local.console.Trouble;
import io.pbts.local.demo.Checkout.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent with a home of its own: everything it does, it does by {@code ./pbts agent}. */
final class Agent {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SECONDS_TO_STOP = 20;

    private final String name;
    private final Path home;
    private final Checkout checkout;
    private final List<Process> running = new ArrayList<>();
    private Optional<String> address = Optional.empty();
    private int membership;

    Agent(String name, Path home, Checkout checkout) {
        this.name = name;
        this.home = home;
        this.checkout = checkout;
    }

    String name() {
        return name;
    }

    Path home() {
        return home;
    }

    /** Makes a wallet, which has nothing yet. */
    void makeWallet() {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        address = Optional.of(
                succeed("wallet", "create", "--json").path("address").asString());
    }

    /** The checksummed address of its wallet, which is its name at every tracker. */
    String address() {
        return address.orElseThrow(() -> new Trouble(name + " has no wallet yet"));
    }

    /** Opens an account at a tracker with the same wallet, whatever account it has elsewhere. */
    JsonNode register(DemoTracker tracker) {
        Path wallet = keystore();
        membership++;
        try {
            Files.createDirectories(config());
            Files.copy(wallet, keystore());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return succeed("register", "--tracker", tracker.url(), "--wallet", "--json");
    }

    /** Its passkey at the tracker where it registered last. */
    String passkey() {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(config().resolve("account.json")))
                    .path("passkey")
                    .asString("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seeds until {@link #stop}; returns the info hash once it does. */
    String seed(Stage stage, Path file) {
        Path log = home.resolve("seed-%s-%d.log".formatted(file.getFileName(), membership));
        running.add(checkout.start(
                log,
                environment(),
                "agent",
                "seed",
                "--file",
                file.toString(),
                "--receipts",
                "require",
                "--json-lines"));
        return stage.await(name + " seeds", LIMIT, () -> field(log, "seeding", "info_hash"), found -> !found.isEmpty());
    }

    /** Downloads in the background; what it prints goes to the file. */
    Process startDownload(String infoHash, Path folder, Path log, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("agent", "download", "--infohash", infoHash, "--out", folder.toString(), "--json-lines"));
        arguments.addAll(List.of(options));
        Process process = checkout.start(log, environment(), arguments.toArray(String[]::new));
        running.add(process);
        return process;
    }

    /** Downloads to its end. */
    Finished download(String infoHash, Path folder) {
        return run("download", "--infohash", infoHash, "--out", folder.toString(), "--timeout", "90");
    }

    Finished run(String... arguments) {
        String[] all = Stream.concat(Stream.of("agent"), Stream.of(arguments)).toArray(String[]::new);
        return checkout.run(LIMIT, environment(), all);
    }

    private JsonNode succeed(String... arguments) {
        Finished finished = run(arguments);
        if (finished.exitCode() != 0) {
            throw new Trouble("%s: pbts agent %s ended with %d: %s"
                    .formatted(name, arguments[0], finished.exitCode(), finished.output()));
        }
        return JsonMapper.shared().readTree(finished.lines().getLast());
    }

    /** Ends what it does, as Ctrl-C would. */
    void stop() {
        running.forEach(process -> process.descendants().forEach(ProcessHandle::destroy));
        running.forEach(Process::destroy);
        for (Process process : running) {
            try {
                if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
        running.clear();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("XDG_CONFIG_HOME", base().toString());
        environment.put("XDG_STATE_HOME", home.resolve("state-" + membership).toString());
        environment.put("PBTS_PASSWORD", "a password for the demo of " + name);
        return environment;
    }

    /** A folder for each account; the wallet's keystore goes along. */
    private Path config() {
        return base().resolve("pbts");
    }

    private Path keystore() {
        return config().resolve("wallet-keystore.json");
    }

    private Path base() {
        return home.resolve("config-" + membership);
    }

    /** A field of the first event of this name that a program printed; empty before it has. */
    private static String field(Path log, String event, String field) {
        try {
            return Checkout.read(log)
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(Agent::object)
                    .flatMap(Optional::stream)
                    .filter(said -> said.path("event").asString("").equals(event))
                    .map(said -> said.path(field).asString(""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for a line that is not written to its end. */
    private static Optional<JsonNode> object(String line) {
        try {
            return Optional.of(JsonMapper.shared().readTree(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
