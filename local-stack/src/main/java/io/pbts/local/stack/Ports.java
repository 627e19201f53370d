package io.pbts.local.stack;

import io.pbts.local.console.Trouble;
import io.pbts.local.service.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Ports: the public ones must be free, the internal ones are chosen. */
public final class Ports {
    /** Below Linux's ephemeral range (32768 up), so that no outgoing connection takes a port between choice and use. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 30_000;
    private static final int TRIES = 1_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    public Ports(RandomGenerator random) {
        this.random = random;
    }

    /** Refuses a busy port with the option that chooses another. */
    static void requireFree(int port, Profile profile, String option) {
        List<String> addresses = profile == Profile.LOCAL ? List.of("127.0.0.1", "::1") : List.of("0.0.0.0", "::");
        for (String address : addresses) {
            try {
                bind(address, port);
            } catch (IOException e) {
                refuse(port, option, e);
            }
        }
    }

    /** A free port on loopback that was not given before. */
    public int free() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new Trouble("no free port between %d and %d on loopback".formatted(LOWEST, HIGHEST));
    }

    /** The preferred port, or any free one when it is taken. */
    int freeOr(int preferred) {
        return isFree(preferred) && given.add(preferred) ? preferred : free();
    }

    private static boolean isFree(int port) {
        try {
            bind("127.0.0.1", port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void bind(String address, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        }
    }

    private static void refuse(int port, String option, IOException reason) {
        String text = String.valueOf(reason.getMessage());
        if (text.contains("Permission denied")) {
            throw new Trouble(
                    "port %d may not be used by this user: choose one above 1023 with %s N".formatted(port, option));
        }
        if (text.contains("Address already in use")) {
            throw new Trouble("port %d is busy: stop the program that listens on it, or choose another with %s N"
                    .formatted(port, option));
        }
        // Anything else is a machine without IPv6, where nobody can be in the way on that address.
    }
}
