package io.pbts.local.service;

import io.pbts.local.chain.Anvil;
import io.pbts.local.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * The settings of a service (docs/architecture.md): the caller's own where the caller may choose, and over them what only
 * the stack can know.
 */
public record ServiceEnvironment(Map<String, String> caller, Profile profile, Endpoints endpoints) {
    private static final Set<String> PASSED_ON = Set.of(
            "MIN_RATIO",
            "MAX_PEERS",
            "INITIAL_CREDIT_POLICY",
            "INITIAL_CREDIT_BYTES",
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR");
    private static final List<String> PASSED_ON_PREFIXES = List.of("PBTS_", "LOGGING_LEVEL_");

    public ServiceEnvironment {
        caller = Map.copyOf(caller);
    }

    public Map<String, String> of(Service service, Path secrets) {
        var settings = new TreeMap<String, String>();
        caller.forEach((name, value) -> {
            if (PASSED_ON.contains(name) || PASSED_ON_PREFIXES.stream().anyMatch(name::startsWith)) {
                settings.put(name, value);
            }
        });
        settings.put("MALLOC_ARENA_MAX", "2"); // glibc's arenas cost more than they bring in processes this small
        settings.putIfAbsent("PBTS_PUBLIC_URL", "http://localhost:" + endpoints.gateway());
        settings.put("SPRING_PROFILES_ACTIVE", profile.text());
        settings.put("SERVER_ADDRESS", service == Service.GATEWAY ? profile.gatewayAddress() : "127.0.0.1");
        settings.put("SERVER_PORT", Integer.toString(endpoints.of(service)));
        settings.put("PBTS_SECRETS_DIR", secrets.toString());
        settings.put("PBTS_DB_URL", PostgresServer.url(endpoints.postgres()));
        settings.put("PBTS_RPC_URL", "http://127.0.0.1:" + endpoints.chain());
        settings.put("PBTS_CHAIN_ID", Integer.toString(Anvil.CHAIN_ID));
        settings.put("PBTS_ADMIN_ADDRESS", "127.0.0.1");
        settings.put("PBTS_ADMIN_PORT", Integer.toString(endpoints.admin()));
        addNeighbours(settings);
        addTracker(settings);
        return settings;
    }

    /** The same settings for a second copy of a service, which must not claim the first one's ports. */
    public ServiceEnvironment withPorts(Service service, IntSupplier free) {
        var callers = new TreeMap<>(caller);
        callers.remove("PBTS_TRACKER_TLS_PORT");
        return new ServiceEnvironment(callers, profile, endpoints.with(service, free));
    }

    /** What a person wants to know about a service that is ready. */
    public String describe(Service service) {
        return switch (service) {
            case ANNOUNCE -> "%s (control), port %d (tracker)".formatted(endpoints.url(service), endpoints.tracker());
            case GATEWAY -> "http://localhost:%d, %s (admin)".formatted(endpoints.gateway(), endpoints.adminUrl());
            case REPUTATION, RECEIPT, CONTRACT -> endpoints.url(service);
        };
    }

    private void addNeighbours(Map<String, String> settings) {
        for (Service other : Service.WITH_DATABASE) {
            settings.put("PBTS_%s_URL".formatted(other.name()), endpoints.url(other));
        }
        settings.put("PBTS_ANNOUNCE_TRACKER_URL", "http://127.0.0.1:" + endpoints.trackerInternal());
    }

    private void addTracker(Map<String, String> settings) {
        settings.put("PBTS_TRACKER_ADDRESS", profile.trackerAddress());
        settings.put("PBTS_TRACKER_PORT", Integer.toString(endpoints.tracker()));
        settings.put("PBTS_TRACKER_INTERNAL_ADDRESS", "127.0.0.1");
        settings.put("PBTS_TRACKER_INTERNAL_PORT", Integer.toString(endpoints.trackerInternal()));
    }
}
