package io.pbts.local.stack;

import io.pbts.local.console.Console;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.StackDescription;
import io.pbts.local.directory.StackFile;
import io.pbts.local.process.MemoryUse;
import io.pbts.local.process.ProcessId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code status}: a table for people or JSON for scripts. */
public final class Status {
    private static final double KIB_PER_MIB = 1024.0;

    private final DataDirectory directory;
    private final Console console;

    public Status(DataDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** Returns 0 when the suite is up, else 1. */
    public int run(boolean json) {
        Optional<ProcessId> supervisor = Running.supervisor(directory);
        Optional<StackDescription> description = supervisor.flatMap(_ -> new StackFile(directory).read());
        if (description.isEmpty()) {
            String state = supervisor.isPresent() ? "starting" : "down";
            console.line(
                    json
                            ? "{\"state\": \"%s\"}".formatted(state)
                            : "PBTS is %s (%s)".formatted(state, directory.path()));
            return 1;
        }
        if (json) {
            console.line(StackFile.JSON.writeValueAsString(asJson(description.get())));
        } else {
            table(description.get());
        }
        return description.get().state().equals("up") ? 0 : 1;
    }

    private void table(StackDescription stack) {
        console.line("PBTS is %s (profile %s)".formatted(stack.state(), stack.profile()));
        Places.of(stack).forEach(console::line);
        console.line(cells("part", "pid", "port", "state", "RSS MiB", "PSS MiB"));
        MemoryUse all = row("supervisor", stack.supervisorPid(), "", MemoryUse.of(stack.supervisorPid()));
        for (var entry : stack.parts().entrySet()) {
            StackDescription.Part part = entry.getValue();
            all = all.plus(
                    row(entry.getKey(), part.pid(), Integer.toString(part.port()), MemoryUse.ofTree(part.pid())));
        }
        console.line(cells("in all", "", "", "", mib(all.rssKib()), mib(all.pssKib())));
    }

    private MemoryUse row(String name, long pid, String port, MemoryUse use) {
        console.line(cells(name, Long.toString(pid), port, state(pid), mib(use.rssKib()), mib(use.pssKib())));
        return use;
    }

    private Map<String, Object> asJson(StackDescription stack) {
        Map<String, Object> parts = new LinkedHashMap<>();
        MemoryUse all = MemoryUse.of(stack.supervisorPid());
        for (var part : stack.parts().entrySet()) {
            MemoryUse use = MemoryUse.ofTree(part.getValue().pid());
            all = all.plus(use);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("pid", part.getValue().pid());
            fields.put("port", part.getValue().port());
            fields.put("log", part.getValue().log());
            fields.put("state", state(part.getValue().pid()));
            fields.put("rss_kib", use.rssKib());
            fields.put("pss_kib", use.pssKib());
            parts.put(part.getKey(), fields);
        }
        Map<String, Object> json = new LinkedHashMap<>(StackFile.fields(stack));
        json.put("parts", parts);
        json.put("rss_kib", all.rssKib());
        json.put("pss_kib", all.pssKib());
        return json;
    }

    private static String state(long pid) {
        return ProcessId.of(pid).isPresent() ? "running" : "gone";
    }

    private static String mib(long kib) {
        return String.format(Locale.ROOT, "%.0f", kib / KIB_PER_MIB);
    }

    private static String cells(Object... cells) {
        return String.format(Locale.ROOT, "  %-18s %7s  %5s  %-8s %8s  %8s", cells)
                .stripTrailing();
    }
}
