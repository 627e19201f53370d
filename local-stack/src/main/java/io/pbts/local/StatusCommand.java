package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.stack.Status;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the suite. */
@Command(name = "status", description = "shows parts, pids, ports and memory; exit code 0 when up")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(names = "--json", description = "for scripts")
    private boolean json;

    @Override
    public Integer call() {
        return new Status(data.directory(), Console.standard()).run(json);
    }
}
