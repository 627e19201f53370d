package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Commands of the operator's manual, as they stand there.
 *
 * @param section heading of the second level above it
 * @param heading of the third level above it; empty without one
 * @param line of its first command
 */
record Fence(String section, String heading, int line, String commands) {
    private static final String MARK = "```";
    private static final String LANGUAGE = MARK + "bash";

    /** All of the manual, in its order. A fence in another language would be one that nobody runs, so there is none. */
    static List<Fence> all() {
        List<Fence> fences = new ArrayList<>();
        String section = "";
        String heading = "";
        int first = 0;
        List<String> commands = new ArrayList<>();
        List<String> lines = manual();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (first > 0 && line.equals(MARK)) {
                fences.add(new Fence(section, heading, first, String.join("\n", commands)));
                commands.clear();
                first = 0;
            } else if (first > 0) {
                commands.add(line);
            } else if (line.startsWith(MARK)) {
                if (!line.equals(LANGUAGE)) {
                    throw new AssertionError(
                            "docs/operations.md:%d: %s instead of %s".formatted(i + 1, line, LANGUAGE));
                }
                first = i + 2;
            } else if (line.startsWith("## ")) {
                section = line.substring(3);
                heading = "";
            } else if (line.startsWith("### ")) {
                heading = line.substring(4);
            }
        }
        return fences;
    }

    /** Whether its heading ends with these words: {@code With Compose} and {@code Restore with Compose} are of one way. */
    boolean isOf(String way) {
        return heading.toLowerCase(Locale.ROOT).endsWith(way);
    }

    /** Its commands before the one that begins so. */
    Fence until(String command) {
        return new Fence(section, heading, line, commands.substring(0, start(command)));
    }

    /** That command and all after it. */
    Fence from(String command) {
        String before = commands.substring(0, start(command));
        int lines = Math.toIntExact(
                before.chars().filter(character -> character == '\n').count());
        return new Fence(section, heading, line + lines, commands.substring(before.length()));
    }

    private int start(String command) {
        int newLine = commands.indexOf("\n" + command);
        if (newLine < 0) {
            throw new AssertionError(this + " has no " + command);
        }
        return newLine + 1;
    }

    @Override
    public String toString() {
        return "docs/operations.md:%d (%s)".formatted(line, heading.isEmpty() ? section : section + ", " + heading);
    }

    private static List<String> manual() {
        try {
            return Files.readAllLines(Stack.HOME.resolve("docs/operations.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
