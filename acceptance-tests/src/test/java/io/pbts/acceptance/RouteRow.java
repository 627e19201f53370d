package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One line of a table of {@code docs/routes.md}, by the names of its columns. */
record RouteRow(Map<String, String> cells) {

    /** The section between {@code <!-- routes:section -->} and {@code <!-- /routes -->}. */
    static List<RouteRow> of(String section) {
        var found = Pattern.compile("<!-- routes:" + section + " -->\n(.*?)<!-- /routes -->", Pattern.DOTALL)
                .matcher(document());
        if (!found.find()) {
            throw new AssertionError("docs/routes.md has no section " + section);
        }
        List<List<String>> lines = found.group(1).lines().map(RouteRow::cellsOf).toList();
        if (lines.size() < 3) {
            throw new AssertionError("docs/routes.md, section " + section + " is empty");
        }
        List<RouteRow> rows = new ArrayList<>();
        for (List<String> line : lines.subList(2, lines.size())) {
            Map<String, String> cells = new HashMap<>();
            for (int i = 0; i < line.size(); i++) {
                cells.put(lines.getFirst().get(i), line.get(i));
            }
            rows.add(new RouteRow(cells));
        }
        return rows;
    }

    String cell(String column) {
        String cell = cells.get(column);
        if (cell == null) {
            throw new AssertionError("no column " + column + " in " + cells);
        }
        return cell;
    }

    String method() {
        return cell("method");
    }

    String path() {
        return cell("path");
    }

    /** The callers, such as {@code PASSKEY} or {@code SERVICE(announce, receipt)}. */
    List<String> who() {
        return List.of(cell("who").split(", (?![^(]*\\))"));
    }

    boolean existsIn(String profile) {
        return cell("profile").equals("every") || cell("profile").equals(profile);
    }

    /** A request path that the row's path covers. */
    String filled(Map<String, String> values) {
        var names = Pattern.compile("\\{\\*?([A-Za-z_]+)(:[^}]*)?}").matcher(path());
        return names.replaceAll(name -> values.getOrDefault(name.group(1), "unknown"))
                .replace("**", "unknown");
    }

    /** Whether this row's path covers a request path. */
    boolean covers(String requestPath) {
        String pattern = path().replaceAll("\\{\\*[^}]*}|\\*\\*", "\u0001")
                .replaceAll("\\{[^}]*}", "\u0002")
                .replace(".", "\\.")
                .replace("\u0001", ".+")
                .replace("\u0002", "[^/]+");
        return requestPath.matches(pattern);
    }

    @Override
    public String toString() {
        return method() + " " + path();
    }

    private static List<String> cellsOf(String line) {
        String inner = line.strip().replaceAll("^\\|", "").replaceAll("(?<!\\\\)\\|$", "");
        List<String> cells = new ArrayList<>();
        for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("\\|", "|").replace("`", ""));
        }
        return cells;
    }

    private static String document() {
        try {
            return Files.readString(Stack.HOME.resolve("docs/routes.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
