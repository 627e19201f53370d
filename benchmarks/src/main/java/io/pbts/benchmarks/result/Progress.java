package io.pbts.benchmarks.result;

import java.io.PrintStream;

/** What the person at the terminal sees. */
public record Progress(PrintStream out) {

    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
