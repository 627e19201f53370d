package io.pbts.acceptance;

import java.nio.file.Path;
import java.util.List;

/** The real curl, which finds what is published on the operator's machine where that has it. */
record Curl(Machine machine) implements StandIns.Program {
    private static final String REAL =
            Shell.run("bash", "-c", "command -v curl").succeeded().output().strip();

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
        int port = machine.published(address)
                .orElseThrow(() -> new StandIns.UnknownCommand("curl " + word + ": nothing is published there"));
        return word.replaceFirst(address, "127.0.0.1:" + port);
    }
}
