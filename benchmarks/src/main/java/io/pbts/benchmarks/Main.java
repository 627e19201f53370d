package io.pbts.benchmarks;

import io.pbts.benchmarks.announce.AnnounceCommand;
import io.pbts.benchmarks.receipts.ReceiptsCommand;
import io.pbts.benchmarks.settlement.SettlementCommand;
import io.pbts.benchmarks.transfer.TransferCommand;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./pbts bench}. */
@Command(
        name = "bench",
        subcommands = {AnnounceCommand.class, ReceiptsCommand.class, SettlementCommand.class, TransferCommand.class},
        description = "Measures PBTS on this machine.")
final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // figures read alike everywhere
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, _, _) -> report(failure))
                .setParameterExceptionHandler((mistake, _) -> {
                    System.err.println("pbts: " + mistake.getMessage() + " (./pbts help)");
                    return USAGE;
                })
                .execute(arguments);
        System.exit(code);
    }

    /** What the suite answered or did is for the person at the terminal; anything else is a mistake of ours. */
    private static int report(Exception failure) throws Exception {
        if (failure instanceof IOException) {
            System.err.println("pbts: " + failure.getMessage());
            return 1;
        }
        throw failure;
    }
}
