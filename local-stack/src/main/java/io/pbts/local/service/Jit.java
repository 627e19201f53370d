package io.pbts.local.service;

import io.pbts.local.console.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How far the JVM compiles. Five JVMs on two cores spend two thirds of a start in the second compiler (measured: 50 s of CPU
 * with it, 17 s without, and 200 MiB less), which pays only under load: an announce costs 17.5 us of CPU without it and 10.2
 * with it once warm. So {@code production} has it on the paths of announces and receipts; {@code PBTS_JIT=quick|full} decides
 * for all.
 */
public enum Jit {
    QUICK,
    FULL;

    private static final Set<Service> BUSY = Set.of(Service.GATEWAY, Service.ANNOUNCE, Service.RECEIPT);

    List<String> flags() {
        return this == QUICK ? List.of("-XX:TieredStopAtLevel=1") : List.of();
    }

    public static Jit of(Service service, Profile profile, Map<String, String> settings) {
        String chosen = settings.get("PBTS_JIT");
        if (chosen == null) {
            return profile == Profile.PRODUCTION && BUSY.contains(service) ? FULL : QUICK;
        }
        return switch (chosen.toLowerCase(Locale.ROOT)) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new Trouble("PBTS_JIT is '" + chosen + "': quick or full");
        };
    }
}
