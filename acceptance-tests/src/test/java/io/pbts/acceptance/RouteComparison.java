package io.pbts.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether a table of {@code docs/routes.md} and a running service say the same. */
final class RouteComparison {
    private RouteComparison() {}

    static void requireSame(String service, String profile, List<RouteRow> rows, List<JsonNode> routes) {
        Set<String> documented = new TreeSet<>();
        rows.stream()
                .filter(row -> row.existsIn(profile))
                .forEach(row -> documented.add(row + " " + new TreeSet<>(row.who())));
        Set<String> running = new TreeSet<>();
        routes.forEach(route -> running.add("%s %s %s"
                .formatted(route.path("method").asString(), route.path("path").asString(), new TreeSet<>(who(route)))));
        Set<String> withoutRow = new TreeSet<>(running);
        withoutRow.removeAll(documented);
        Set<String> withoutRoute = new TreeSet<>(documented);
        withoutRoute.removeAll(running);
        if (!withoutRow.isEmpty() || !withoutRoute.isEmpty()) {
            throw new AssertionError("%s in %s: routes without a row in docs/routes.md: %s; rows without a route: %s"
                    .formatted(service, profile, withoutRow, withoutRoute));
        }
    }

    private static List<String> who(JsonNode route) {
        List<String> services = new ArrayList<>();
        route.path("services").forEach(name -> services.add(name.asString()));
        List<String> who = new ArrayList<>();
        for (JsonNode kind : route.path("who")) {
            boolean some = kind.asString().equals("SERVICE") && !services.isEmpty();
            who.add(some ? "SERVICE(" + String.join(", ", services) + ")" : kind.asString());
        }
        return who;
    }
}
