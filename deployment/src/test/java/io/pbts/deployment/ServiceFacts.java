package io.pbts.deployment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a service says of itself in its own configuration: where it listens and which settings it reads. */
record ServiceFacts(String name) {
    static final List<String> SERVICES =
            List.of("gateway-service", "announce-service", "receipt-service", "reputation-service", "contract-service");

    /** Where health and metrics are in every installation. */
    static final int MANAGEMENT_PORT = 9000;

    /** What {@code ./pbts secrets} makes for each (ServiceSecretsTest), and the settler's key, which its owner adds. */
    static final Map<String, Set<String>> SECRETS = Map.of(
            "gateway-service", Set.of("pbts.service-key", "pbts.service-keys", "pbts.admin-key"),
            "announce-service", withDatabase("pbts.passkey-key"),
            "receipt-service", withDatabase("pbts.passkey-key", "pbts.acknowledgement-key"),
            "reputation-service", withDatabase("pbts.passkey-key"),
            "contract-service", withDatabase("pbts.chain.settler-key"));

    /** Spring's and the JVM's own; everything else must stand in the service's configuration. */
    private static final Set<String> PLATFORM = Set.of(
            "SPRING_PROFILES_ACTIVE",
            "SPRING_FLYWAY_ENABLED",
            "SERVER_ADDRESS",
            "SERVER_PORT",
            "MANAGEMENT_SERVER_ADDRESS",
            "MANAGEMENT_SERVER_PORT",
            "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
            "JDK_JAVA_OPTIONS");

    private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");

    /** Whether the service reads a variable of this name. */
    boolean reads(String variable) {
        return PLATFORM.contains(variable) || settings().contains(variable);
    }

    /** The names of all variables in its own configuration and in what all services share. */
    Set<String> settings() {
        var found = new TreeSet<String>();
        for (String file : List.of(
                name + "/src/main/resources/application.yml", "service-support/src/main/resources/pbts-defaults.yml")) {
            SETTING.matcher(Checkout.text(file)).results().forEach(match -> found.add(match.group(1)));
        }
        return found;
    }

    /** The port of its HTTP interface. */
    int port() {
        return Checkout.documents(Checkout.text(name + "/src/main/resources/application.yml")).stream()
                .map(document -> document.at("server", "port").number())
                .filter(port -> port > 0)
                .findFirst()
                .orElseThrow();
    }

    /** How long a phase of its shutdown may last, in seconds. */
    static int shutdownSeconds() {
        String seconds = Checkout.documents(Checkout.text("service-support/src/main/resources/pbts-defaults.yml"))
                .getFirst()
                .at("spring", "lifecycle", "timeout-per-shutdown-phase")
                .text();
        return Integer.parseInt(seconds.replace("s", ""));
    }

    private static Set<String> withDatabase(String... more) {
        var all = new TreeSet<>(
                Set.of("pbts.db.app-password", "pbts.db.owner-password", "pbts.service-key", "pbts.service-keys"));
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
