package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of a network of its own. What is called {@code name:port} there is a door on loopback that leads to whoever has that
 * name now, so that settings hold for others than were there when they were read.
 */
final class Doors implements AutoCloseable {
    private static final Pattern IN_URL = Pattern.compile("(?<=//)(?!localhost)([a-z][a-z0-9-]*):(\\d+)");
    /** A port of loopback where nobody listens. */
    static final int NOWHERE = 1;

    private final Map<String, Map<Integer, FaultProxy>> doors = new LinkedHashMap<>();
    private final Map<String, Map<Integer, List<Integer>>> owners = new LinkedHashMap<>();

    /** Where a port of that name is on loopback, whether anybody has it or not. */
    synchronized int port(String name, int port) {
        return doors.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                .computeIfAbsent(port, _ -> FaultProxy.before(targets(name, port)))
                .port();
    }

    /** A setting with addresses of this machine in the place of those of the network. */
    String resolved(String setting) {
        return IN_URL.matcher(setting)
                .replaceAll(found -> "127.0.0.1:" + port(found.group(1), Integer.parseInt(found.group(2))));
    }

    /** New connections to that name go there from now on, in turn where a port has several; all other ports lead nowhere. */
    synchronized void lead(String name, Map<Integer, List<Integer>> ports) {
        owners.put(name, ports);
        doors.getOrDefault(name, Map.of()).forEach((port, door) -> door.lead(targets(name, port)));
    }

    private int[] targets(String name, int port) {
        List<Integer> targets = owners.getOrDefault(name, Map.of()).getOrDefault(port, List.of());
        return targets.isEmpty()
                ? new int[] {NOWHERE}
                : targets.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public synchronized void close() {
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
