package io.pbts.acceptance;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Ports of the operator's machine that lead to a pod, each for as long as that pod's process runs. */
final class PortForwards {
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");

    private final Map<Integer, Forward> forwards = new HashMap<>();

    private record Forward(Container container, int port) {}

    /** Leads the port there until the container ends. Returns a script that ends then, as kubectl does. */
    synchronized String open(int port, Pod.RunningContainer pod) {
        if (isOpen(port)) {
            throw new AssertionError("unable to listen on port %d: address already in use".formatted(port));
        }
        forwards.put(port, new Forward(pod.container(), pod.port(port).orElse(Doors.NOWHERE)));
        return "tail --pid=%d -f /dev/null; echo 'error: lost connection to pod' >&2; exit 1"
                .formatted(pod.container().process().pid());
    }

    /** Where an address of the operator's machine leads; where nobody listens when nothing is forwarded. */
    synchronized OptionalInt published(String address) {
        String[] parts = address.split(":", 2);
        if (parts.length != 2 || !HOSTS.contains(parts[0])) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(parts[1]);
        return OptionalInt.of(isOpen(port) ? forwards.get(port).port() : Doors.NOWHERE);
    }

    private boolean isOpen(int port) {
        Forward forward = forwards.get(port);
        return forward != null && forward.container().isRunning();
    }
}
