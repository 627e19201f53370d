package io.pbts.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real curl, which finds what is published on this machine where a test has it. */
record Curl(Map<String, Integer> published) implements StandIns.Program {
    private static final String REAL =
            Shell.run("bash", "-c", "command -v curl").succeeded().output().strip();

    /** @param published ports of this machine by host and port, such as {@code localhost:8000} */
    Curl {
        published = Map.copyOf(published);
    }

    @Override
    public String script(Path folder, List<String> arguments) {
        List<String> words = arguments.stream().map(this::here).toList();
        return "exec %s %s".formatted(REAL, StandIns.quoted(words));
    }

    private String here(String word) {
        if (!word.startsWith("http://")) {
            return word;
        }
        String address = word.substring("http://".length()).replaceFirst("/.*", "");
        Integer port = published.get(address);
        if (port == null) {
            throw new StandIns.UnknownCommand("curl " + word + ": nothing is published there");
        }
        return word.replaceFirst(address, "127.0.0.1:" + port);
    }
}
