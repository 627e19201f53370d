package io.pbts.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The way from a service to something that it needs.
 *
 * @param service who asks
 * @param dependency another service, {@code tracker} (announce-service's listener behind the gateway), {@code postgres} or {@code chain}
 */
record Way(String service, String dependency) {
    static final List<Way> ALL = Stream.of(
                    from("gateway", "tracker", "announce", "receipt", "reputation", "contract"),
                    from("announce", "postgres", "reputation"),
                    from("receipt", "postgres", "reputation", "announce", "contract"),
                    from("reputation", "postgres", "announce", "receipt", "contract"),
                    from("contract", "postgres", "chain", "receipt", "reputation"))
            .flatMap(List::stream)
            .toList();

    private static List<Way> from(String service, String... dependencies) {
        return Stream.of(dependencies)
                .map(dependency -> new Way(service, dependency))
                .toList();
    }

    /** Whose process listens at the end of the way: that of a service, or one that a stack has beside them. */
    String owner() {
        return dependency.equals("tracker") ? "announce" : dependency;
    }

    /** The setting that tells the service where the dependency is. */
    String setting() {
        return switch (dependency) {
            case "postgres" -> "PBTS_DB_URL";
            case "chain" -> "PBTS_RPC_URL";
            case "tracker" -> "PBTS_ANNOUNCE_TRACKER_URL";
            default -> "PBTS_%s_URL".formatted(dependency.toUpperCase(Locale.ROOT));
        };
    }

    /** The setting of the dependency itself that tells it where to listen. */
    String listener() {
        return dependency.equals("tracker") ? "PBTS_TRACKER_INTERNAL_PORT" : "SERVER_PORT";
    }

    @Override
    public String toString() {
        return service + " → " + dependency;
    }
}
