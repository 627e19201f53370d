package io.pbts.local.console;

import java.io.PrintStream;
import java.util.Locale;

/** The terminal: one line per part while it goes, nothing twice, nothing secret. Lines of several threads do not mix. */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;

    public Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static Console standard() {
        return new Console(System.out, System.err);
    }

    /** A part that is there: {@code postgres           ready   1.2 s  127.0.0.1:24123, 18.6, fsync=on}. */
    public void ready(String name, Stopwatch since, String detail) {
        line(String.format(Locale.ROOT, "  %-18s ready %7s  %s", name, since.read(), detail));
    }

    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    /** What went wrong, prefixed with the program's name as every command line tool does. */
    public synchronized void error(String text) {
        out.flush();
        err.println("pbts: " + text);
        err.flush();
    }
}
