package io.pbts.support.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One service's table in {@code docs/routes.md}: a module's test keeps it equal to what the code says, so that nobody adds a
 * route or opens one without a line that a reviewer sees.
 */
public final class RouteDocument {
    private static final String UPDATE = "pbts.routes.update";
    private static final List<String> COLUMNS = List.of("method", "path", "who", "profile");

    private final String section;
    private final Path file;

    private RouteDocument(String section, Path file) {
        this.section = section;
        this.file = file;
    }

    /** The section between {@code <!-- routes:section -->} and {@code <!-- /routes -->}. */
    public static RouteDocument of(String section) {
        return new RouteDocument(section, documents().resolve("routes.md"));
    }

    /** For tests of this class: the same on another file. */
    static RouteDocument of(String section, Path file) {
        return new RouteDocument(section, file);
    }

    /**
     * Fails unless the section says what a service answers at {@code GET /internal/v1/routes}, asked in each profile.
     *
     * @param byProfile the answer by profile: {@code local} and {@code production}
     */
    public void requireRoutes(Map<String, JsonNode> byProfile) {
        var profiles = new TreeMap<String, Set<String>>();
        byProfile.forEach((profile, routes) ->
                routes.forEach(route -> profiles.computeIfAbsent(row(route), unseen -> new LinkedHashSet<>())
                        .add(profile)));
        var rows = new ArrayList<List<String>>();
        profiles.forEach((row, where) -> {
            var cells = new ArrayList<>(List.of(row.split("\t", -1)));
            cells.add(where.size() == byProfile.size() ? "every" : String.join(", ", where));
            rows.add(List.of(cells.get(1), cells.get(0), cells.get(2), cells.get(3)));
        });
        requireTable(COLUMNS, rows);
    }

    /** The same for a table of one's own, in the order given. */
    public void requireTable(List<String> columns, List<List<String>> rows) {
        String now = table(columns, rows);
        if (Boolean.getBoolean(UPDATE)) {
            write(now);
        }
        requireSame(committed(), now);
    }

    private void requireSame(String before, String now) {
        Set<String> gone = lines(before);
        gone.removeAll(lines(now));
        Set<String> added = lines(now);
        added.removeAll(lines(before));
        if (!before.equals(now)) {
            throw new AssertionError("""
                    docs/routes.md, section %s, is not what the code says.
                      not in the document: %s
                      not in the code:     %s
                    If the change is meant, run this test again with -D%s=true and commit the file.""".formatted(section, added, gone, UPDATE));
        }
    }

    /** Path before method, so that sorting keeps a path's methods together. */
    private static String row(JsonNode route) {
        var services = new ArrayList<String>();
        route.path("services").forEach(service -> services.add(service.asString()));
        var who = new ArrayList<String>();
        route.path("who")
                .forEach(kind -> who.add(
                        kind.asString().equals("SERVICE") && !services.isEmpty()
                                ? "SERVICE(%s)".formatted(String.join(", ", services))
                                : kind.asString()));
        return String.join(
                "\t", route.path("path").asString(), route.path("method").asString(), String.join(", ", who));
    }

    private static String table(List<String> columns, List<List<String>> rows) {
        var text =
                new StringBuilder("| " + String.join(" | ", columns) + " |\n|" + "---|".repeat(columns.size()) + "\n");
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of %d cells: %s".formatted(row.size(), row));
            }
            text.append("| ")
                    .append(String.join(
                            " | ", row.stream().map(RouteDocument::cell).toList()))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private String committed() {
        Matcher found = pattern().matcher(read());
        return found.find() ? found.group(2) : "";
    }

    private void write(String table) {
        Matcher found = pattern().matcher(read());
        if (!found.find()) {
            throw new AssertionError(
                    "%s has no section <!-- routes:%s --> ... <!-- /routes -->".formatted(file, section));
        }
        try {
            Files.writeString(
                    file, found.replaceFirst(Matcher.quoteReplacement(found.group(1) + table + found.group(3))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Pattern pattern() {
        return Pattern.compile(
                "(<!-- routes:" + Pattern.quote(section) + " -->\n)(.*?)(<!-- /routes -->)", Pattern.DOTALL);
    }

    private String read() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> lines(String text) {
        return new LinkedHashSet<>(text.lines().toList());
    }

    /** Tests run in a module's folder, the documents lie beside it. */
    private static Path documents() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .takeWhile(folder -> folder != null)
                .map(folder -> folder.resolve("docs"))
                .filter(docs -> Files.isDirectory(docs.resolve("openapi")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no docs above the working folder"));
    }
}
