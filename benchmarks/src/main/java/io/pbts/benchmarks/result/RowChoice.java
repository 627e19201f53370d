package io.pbts.benchmarks.result;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Which rows of a bench are wanted: the one of a name, or all where none is named. */
public final class RowChoice {
    private RowChoice() {}

    /**
     * Asks before anything is started whether there is such a row.
     *
     * @param only the name of a row, or empty for all
     * @throws IOException if there is none; its message names those that there are
     */
    public static void require(String only, Stream<String> rows) throws IOException {
        List<String> names = rows.toList();
        if (!only.isEmpty() && !names.contains(only)) {
            throw new IOException("no row \"%s\"; there are %s".formatted(only, String.join(", ", names)));
        }
    }
}
