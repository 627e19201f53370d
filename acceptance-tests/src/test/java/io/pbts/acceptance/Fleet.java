package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Services beside those of a stack, on its database, chain and secrets, each asked through a proxy and asking through proxies. A
 * service that has no replica here is the stack's own.
 */
final class Fleet implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(":(\\d+)(?=/|$)");

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, List<String>> commands = new HashMap<>();
    private final Map<Way, FaultProxy> ways = new HashMap<>();
    private final Map<String, Replica> replicas = new HashMap<>();
    private final FaultProxy gatewayDoor;
    private final FaultProxy trackerDoor;
    private final Path folder;

    private final Map<String, String> settings;

    private Fleet(Stack stack, Map<String, String> settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        Part.all(stack).forEach(part -> {
            parts.put(part.service(), part);
            commands.put(part.service(), command(part));
        });
        this.gatewayDoor = FaultProxy.before(stack.port());
        this.trackerDoor = FaultProxy.before(stack.announcePort());
    }

    /**
     * Starts a replica of each of these services and returns when all are ready.
     *
     * @param settings that differ from the stack's
     * @param folder for logs
     */
    static Fleet beside(Stack stack, List<String> services, Map<String, String> settings, Path folder) {
        var fleet = new Fleet(stack, settings, folder);
        Way.ALL.stream()
                .filter(way -> services.contains(way.service()))
                .forEach(way -> fleet.ways.put(way, FaultProxy.before(fleet.port(way))));
        try {
            List<Replica> started = services.stream().map(fleet::launch).toList();
            // The gateway is ready when those are whom it asks.
            started.forEach(fleet::lead);
            started.forEach(Replica::awaitReady);
        } catch (AssertionError notStarted) {
            fleet.close();
            throw notStarted;
        }
        return fleet;
    }

    /** Starts one more process of a service, to which no way leads yet. */
    Replica launch(String service) {
        return launch(service, Map.of());
    }

    /** The same with other settings than its predecessors. */
    Replica launch(String service, Map<String, String> others) {
        Part part = parts.get(service);
        Map<String, String> changes = new HashMap<>(settings);
        ways.forEach((way, proxy) -> {
            if (way.service().equals(service)) {
                changes.put(
                        way.setting(), PORT.matcher(part.setting(way.setting())).replaceFirst(":" + proxy.port()));
            }
        });
        changes.putAll(others);
        return Replica.launch(part, commands.get(service), changes, folder);
    }

    /** All new connections to the service go to this replica from now on. Returns the one that had them before, if any. */
    Replica lead(Replica replica) {
        Consumer<Way> lead = way -> ways.get(way).lead(replica.port(way.listener()));
        ways.keySet().stream()
                .filter(way -> way.owner().equals(replica.service()))
                .forEach(lead);
        switch (replica.service()) {
            case "gateway" -> gatewayDoor.lead(replica.port("SERVER_PORT"));
            case "announce" -> trackerDoor.lead(replica.port("PBTS_TRACKER_PORT"));
            default -> {}
        }
        return replicas.put(replica.service(), replica);
    }

    Replica replica(String service) {
        return replicas.get(service);
    }

    FaultProxy way(Way way) {
        return ways.get(way);
    }

    /** Where members ask. */
    Http gateway() {
        return new Http(URI.create("http://127.0.0.1:" + gatewayDoor.port()));
    }

    /** Where clients announce directly. */
    Http tracker() {
        return new Http(URI.create("http://127.0.0.1:" + trackerDoor.port()));
    }

    @Override
    public void close() {
        replicas.values().forEach(Replica::kill);
        try {
            gatewayDoor.close();
            trackerDoor.close();
            for (FaultProxy proxy : ways.values()) {
                proxy.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the part was started, with the start-up cache that was made since. */
    private static List<String> command(Part part) {
        List<String> command = new ArrayList<>(part.command());
        command.removeIf(String::isEmpty);
        int jar = command.indexOf("-jar");
        Path cache = Path.of(command.get(jar + 1)).resolveSibling("startup.aot");
        if (Files.exists(cache) && command.stream().noneMatch(word -> word.startsWith("-XX:AOTCache="))) {
            command.add(jar, "-XX:AOTCache=" + cache);
        }
        return List.copyOf(command);
    }

    /** Of the stack's own part. */
    private int port(Way way) {
        var found = PORT.matcher(parts.get(way.service()).setting(way.setting()));
        if (!found.find()) {
            throw new AssertionError("no port in " + way.setting());
        }
        return Integer.parseInt(found.group(1));
    }
}
