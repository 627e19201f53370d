package io.pbts.agent.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How a command prints: sentences for people, one JSON object with the result, or a JSON object for all that happens. */
public final class Output {

    @Option(names = "--json", description = "Print the result as one JSON object, and nothing before.")
    private boolean json;

    @Option(
            names = "--json-lines",
            description = "Print a JSON object per line for all that happens; the result is last.")
    private boolean lines;

    /**
     * Tells one thing that happened on the way.
     *
     * @param event its name
     * @param fields what a program wants to know of it
     * @param sentence the same for people
     */
    public synchronized void tell(PrintStream out, String event, Map<String, ?> fields, String sentence) {
        if (lines) {
            object(out, event, fields);
        } else if (!json) {
            sentence(out, sentence);
        }
    }

    /** Tells programs that want all of it what is too much for people. */
    public synchronized void detail(PrintStream out, String event, Map<String, ?> fields) {
        if (lines) {
            object(out, event, fields);
        }
    }

    /** Tells what came of it, last. */
    public synchronized void result(PrintStream out, String event, Map<String, ?> fields, String sentence) {
        if (lines || json) {
            object(out, event, fields);
        } else {
            sentence(out, sentence);
        }
    }

    /** Tells that nothing came of it, and why: last, where a result would be. */
    public static void failed(PrintStream out, String reason, int exitCode) {
        object(out, "failed", Map.of("reason", reason, "exit_code", exitCode));
    }

    /** Whether it is for people. */
    boolean isProse() {
        return !json && !lines;
    }

    private static void object(PrintStream out, String event, Map<String, ?> fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", event);
        object.putAll(fields);
        out.println(JsonMapper.shared().writeValueAsString(object));
        out.flush();
    }

    private static void sentence(PrintStream out, String sentence) {
        out.println(sentence);
        out.flush();
    }
}
