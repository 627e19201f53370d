package io.pbts.local.console;

import java.util.Locale;

/** How long a part took to get ready; monotonic, because the wall clock may jump while a machine starts. */
public final class Stopwatch {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long startedAt = System.nanoTime();

    /** Seconds with one decimal, such as {@code 1.2 s}. */
    public String read() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startedAt) / NANOS_PER_SECOND);
    }
}
