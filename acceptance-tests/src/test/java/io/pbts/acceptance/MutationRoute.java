package io.pbts.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A well-formed request to one of the gateway's doors.
 *
 * @param door as the gateway's table of docs/routes.md calls it, in small letters
 * @param template the path with the names of its parameters, part for part as long as that of the target
 * @param body a character per byte
 */
record MutationRoute(String door, String method, String template, String target, String type, String body, int weight) {
    static final String JSON = "application/json";

    MutationRoute at(String otherDoor) {
        return new MutationRoute(otherDoor, method, template, target, type, body, weight);
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    boolean hasQuery() {
        return target.contains("?");
    }

    /** The places of the path's parts that stand for a parameter. */
    List<Integer> parameters() {
        String[] parts = template.split("/", -1);
        return IntStream.range(0, parts.length)
                .filter(place -> parts[place].startsWith("{"))
                .boxed()
                .toList();
    }

    boolean isCoveredBy(RouteRow row) {
        return row.method().equals(method) && row.covers(path());
    }

    /** The same request at every door that has it; where none has, at the public one, which must refuse it. */
    List<MutationRoute> atItsDoors() {
        List<MutationRoute> doors =
                doorsOf(RouteRow.of("gateway")).stream().map(this::at).toList();
        return doors.isEmpty() ? List.of(this) : doors;
    }

    private List<String> doorsOf(List<RouteRow> rows) {
        return rows.stream()
                .filter(this::isCoveredBy)
                .map(MutationRoute::door)
                .distinct()
                .toList();
    }

    static String door(RouteRow row) {
        return row.cell("door").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "%s %s at the %s door".formatted(method, template.split("\\?", 2)[0], door);
    }
}
