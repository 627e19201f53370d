package io.pbts.agent.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a program finds around itself.
 *
 * @param terminal whether somebody looks on
 */
public record World(
        Map<String, String> environment,
        Path home,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal) {

    private static final int USUAL_COLUMNS = 100;

    /** The process's own. A console may still be missing, whatever newer versions of Java usually give. */
    @SuppressWarnings("SystemConsoleNull")
    public static World real() {
        Console console = System.console();
        Map<String, String> environment = System.getenv();
        boolean terminal = console != null && console.isTerminal() && !"dumb".equals(environment.get("TERM"));
        return new World(
                environment, Path.of(System.getProperty("user.home")), System.in, System.out, System.err, terminal);
    }

    public Folders folders() {
        return Folders.of(environment, home);
    }

    /** Characters of a line, as a shell that exports it says. */
    int columns() {
        try {
            return Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
