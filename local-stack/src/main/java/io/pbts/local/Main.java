package io.pbts.local;

import io.pbts.local.audit.VerifyEpochCommand;
import io.pbts.local.audit.VerifyProofCommand;
import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.demo.DemoCommand;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.EpochRoot;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./pbts up}, {@code down}, {@code status}, {@code secrets}, {@code rotate}, {@code demo} and the two that verify. */
@Command(
        name = "pbts",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            SecretsCommand.class,
            RotateCommand.class,
            VerifyEpochCommand.class,
            VerifyProofCommand.class
        },
        description = "Runs the PBTS suite on this machine.")
final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** The exit code. */
    static int run(String... arguments) {
        Console console = Console.standard();
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(EthereumAddress.class, EthereumAddress::parse)
                .registerConverter(EpochRoot.class, EpochRoot::fromHex)
                .setExecutionExceptionHandler((failure, _, _) -> report(failure, console))
                .setParameterExceptionHandler((mistake, _) -> {
                    console.error(mistake.getMessage() + " (./pbts help)");
                    return USAGE;
                })
                .execute(arguments);
    }

    private static int report(Exception failure, Console console) throws Exception {
        if (failure instanceof Trouble) {
            console.error(String.valueOf(failure.getMessage()));
            return 1;
        }
        throw failure;
    }
}
