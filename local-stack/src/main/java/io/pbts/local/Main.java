package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./pbts up}, {@code down} and {@code status}. */
@Command(
        name = "pbts",
        subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class},
        description = "Runs the PBTS suite on this machine.")
final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        Console console = Console.standard();
        int code = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, _, _) -> report(failure, console))
                .setParameterExceptionHandler((mistake, _) -> {
                    console.error(mistake.getMessage() + " (./pbts help)");
                    return USAGE;
                })
                .execute(arguments);
        System.exit(code);
    }

    private static int report(Exception failure, Console console) throws Exception {
        if (failure instanceof Trouble) {
            console.error(String.valueOf(failure.getMessage()));
            return 1;
        }
        throw failure;
    }
}
