package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.stack.Down;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the suite. */
@Command(name = "down", description = "stops the suite of a data directory, and what a killed one left behind")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Override
    public Integer call() {
        return new Down(data.directory(), Console.standard()).run();
    }
}
