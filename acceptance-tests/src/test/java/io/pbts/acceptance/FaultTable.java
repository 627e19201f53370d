package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operator's manual on faults: what members are still served while a dependency is refusing, hanging, half-broken or gone.
 *
 * @param putOff the calls of each way that may be put off; all others are served
 */
record FaultTable(Map<Way, Set<Call>> putOff) {
    private static final String ROW = "| %s |";
    private static final String SERVED = "yes";
    private static final String LATER = "later";

    static FaultTable read() {
        try {
            List<String> lines = Files.readAllLines(Stack.HOME.resolve("docs/operations.md"));
            List<String> calls = cells(one(lines, ROW.formatted("way")));
            Map<Way, Set<Call>> putOff = new HashMap<>();
            Way.ALL.forEach(way -> putOff.put(way, callsPutOff(calls, cells(one(lines, ROW.formatted(way))))));
            return new FaultTable(putOff);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Call> callsPutOff(List<String> columns, List<String> row) {
        Set<Call> found = EnumSet.noneOf(Call.class);
        for (Call call : Call.values()) {
            switch (row.get(columns.indexOf(call.label()))) {
                case SERVED -> {}
                case LATER -> found.add(call);
                default -> throw new AssertionError("neither %s nor %s: %s".formatted(SERVED, LATER, row));
            }
        }
        return found;
    }

    private static String one(List<String> lines, String start) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(start)).toList();
        if (found.size() != 1) {
            throw new AssertionError("%d rows begin with %s".formatted(found.size(), start));
        }
        return found.getFirst();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    }
}
