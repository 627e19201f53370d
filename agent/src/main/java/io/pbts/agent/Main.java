package io.pbts.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./pbts agent}. Colours are picocli's, which leaves them out when NO_COLOR is set. */
@Command(
        name = "pbts agent",
        synopsisSubcommandLabel = "COMMAND",
        description = "A member of a tracker: keeps keys, seeds and downloads, signs and collects receipts.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it did not succeed",
            "2:the command line is wrong",
            "3:no key, no account, or the wrong password",
            "4:the tracker refused",
            "5:the tracker cannot be reached"
        },
        mixinStandardHelpOptions = true,
        version = "PBTS agent 0.1.0")
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(World.real(), arguments));
    }

    /** The exit code. */
    static int run(World world, String... arguments) {
        CommandLine program = new CommandLine(new Main())
                .addSubcommand(new InitCommand(world))
                .addSubcommand(new WhoamiCommand(world))
                .addSubcommand(new RegisterCommand(world))
                .addSubcommand(new StandingCommand(world))
                .addSubcommand(new CreateTorrentCommand(world))
                .addSubcommand(new VerifyCommand(world))
                .addSubcommand(new SeedCommand(world))
                .addSubcommand(new DownloadCommand(world));
        program.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .mixinStandardHelpOptions(true));
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(world.out(), true, world.out().charset()))
                .setErr(new PrintWriter(world.err(), true, world.err().charset()))
                .setExecutionExceptionHandler((failure, _, _) -> report(failure, world))
                .setParameterExceptionHandler((mistake, _) -> {
                    world.err().println("pbts agent: " + mistake.getMessage() + " (pbts agent --help)");
                    return ExitCode.USAGE;
                })
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static int report(Exception failure, World world) throws Exception {
        return switch (failure) {
            case Trouble trouble -> tell(world, String.valueOf(trouble.getMessage()), trouble.exitCode());
            case NoSuchFileException e -> tell(world, "no such file: " + e.getMessage(), ExitCode.FAILED);
            case IOException e -> tell(world, String.valueOf(e.getMessage()), ExitCode.FAILED);
            case IllegalArgumentException e -> tell(world, String.valueOf(e.getMessage()), ExitCode.USAGE);
            default -> throw failure;
        };
    }

    private static int tell(World world, String sentence, int exitCode) {
        world.err().println("pbts agent: " + sentence);
        return exitCode;
    }
}
