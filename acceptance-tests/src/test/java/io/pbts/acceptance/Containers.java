package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Processes in the place of containers on a network of their own. What a container calls {@code name:port} is a door on loopback
 * that leads to whoever has that name now, so that settings hold for others than were there when they were read.
 */
final class Containers implements AutoCloseable {
    private static final Pattern IN_URL = Pattern.compile("(?<=//)(?!localhost)([a-z][a-z0-9-]*):(\\d+)");
    /** A port of loopback where nobody listens. */
    private static final int NOWHERE = 1;

    private final Path logs;
    private final Map<String, Container> running = new LinkedHashMap<>();
    private final Map<String, Map<Integer, FaultProxy>> doors = new LinkedHashMap<>();

    /** @param logs a folder */
    Containers(Path logs) {
        this.logs = logs;
    }

    /** Where a container's port is on loopback, whether it runs or not. */
    synchronized int door(String name, int port) {
        return doors.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                .computeIfAbsent(port, _ -> FaultProxy.before(target(name, port)))
                .port();
    }

    /** A setting with addresses of this machine in the place of those of the network. */
    String resolved(String setting) {
        return IN_URL.matcher(setting)
                .replaceAll(found -> "127.0.0.1:" + door(found.group(1), Integer.parseInt(found.group(2))));
    }

    /** Starts one more process of that name, to which no door leads yet. */
    Container launch(String name, Container.Launch launch) {
        return Container.start(name, launch, logs);
    }

    /** New connections go to this one from now on. Returns the one that had them before, if any. */
    synchronized Optional<Container> lead(Container container) {
        Optional<Container> before = Optional.ofNullable(running.put(container.name(), container));
        turn(container.name());
        return before;
    }

    /** The one with that name, if it runs. */
    synchronized Optional<Container> find(String name) {
        return Optional.ofNullable(running.get(name)).filter(Container::isRunning);
    }

    /** Stops and forgets it; nothing is done when there is none. */
    void stop(String name) {
        find(name).ifPresent(Container::stop);
        forget(name);
    }

    /** As if the machine had lost its power. */
    void kill(String name) {
        find(name).ifPresent(Container::kill);
        forget(name);
    }

    private synchronized void forget(String name) {
        running.remove(name);
        turn(name);
    }

    private void turn(String name) {
        doors.getOrDefault(name, Map.of()).forEach((port, door) -> door.lead(target(name, port)));
    }

    private int target(String name, int port) {
        Container container = running.get(name);
        return container == null ? NOWHERE : container.launch().ports().getOrDefault(port, NOWHERE);
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Container::kill);
        for (Map<Integer, FaultProxy> ports : doors.values()) {
            for (FaultProxy door : ports.values()) {
                try {
                    door.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
