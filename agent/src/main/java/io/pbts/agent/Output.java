package io.pbts.agent;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How a command prints: lines for people, or one JSON object per line. */
final class Output {

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    /**
     * Tells one thing that happened.
     *
     * @param event its name
     * @param fields what a program wants to know of it
     * @param sentence the same for people
     */
    synchronized void tell(PrintStream out, String event, Map<String, ?> fields, String sentence) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", event);
            object.putAll(fields);
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.println(sentence);
        }
        out.flush();
    }
}
