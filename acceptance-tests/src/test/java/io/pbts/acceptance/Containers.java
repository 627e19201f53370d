package io.pbts.acceptance;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Processes in the place of containers, one per name, to which the doors of that name lead. */
final class Containers implements AutoCloseable {
    private final Path logs;
    private final Doors doors;
    private final Map<String, Container> running = new LinkedHashMap<>();

    /** @param logs a folder */
    Containers(Path logs, Doors doors) {
        this.logs = logs;
        this.doors = doors;
    }

    /** Starts it; new connections to its name go to it from now on. */
    synchronized void start(String name, Container.Launch launch) {
        running.put(name, Container.start(name, launch, logs));
        doors.lead(
                name,
                launch.ports().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, port -> List.of(port.getValue()))));
    }

    /** The one with that name, if it runs. */
    synchronized Optional<Container> find(String name) {
        return Optional.ofNullable(running.get(name)).filter(Container::isRunning);
    }

    /** Returns when it takes requests; fails with the end of its log when it has ended. */
    void awaitReady(String name) {
        Container container;
        synchronized (this) {
            container = running.get(name);
        }
        if (container == null) {
            throw new AssertionError("no container " + name);
        }
        container.awaitReady();
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
        doors.lead(name, Map.of());
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Container::kill);
    }
}
