package io.pbts.agent;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.member.InitCommand;
import io.pbts.agent.member.KeygenCommand;
import io.pbts.agent.member.LoginCommand;
import io.pbts.agent.member.RegisterCommand;
import io.pbts.agent.member.StandingCommand;
import io.pbts.agent.member.WalletCommand;
import io.pbts.agent.member.WalletImportCommand;
import io.pbts.agent.member.WhoamiCommand;
import io.pbts.agent.receipts.ExportCommand;
import io.pbts.agent.receipts.ListCommand;
import io.pbts.agent.receipts.ReceiptsCommand;
import io.pbts.agent.receipts.SubmitCommand;
import io.pbts.agent.receipts.VerifyReceiptsCommand;
import io.pbts.agent.sharing.DownloadCommand;
import io.pbts.agent.sharing.RunCommand;
import io.pbts.agent.sharing.SeedCommand;
import io.pbts.agent.torrent.CreateTorrentCommand;
import io.pbts.agent.torrent.PublishCommand;
import io.pbts.agent.torrent.VerifyCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

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
                .addSubcommand(new KeygenCommand(world))
                .addSubcommand(
                        "wallet",
                        new CommandLine(new WalletCommand(world)).addSubcommand(new WalletImportCommand(world)))
                .addSubcommand(new WhoamiCommand(world))
                .addSubcommand(new RegisterCommand(world))
                .addSubcommand(new LoginCommand(world))
                .addSubcommand(new StandingCommand(world))
                .addSubcommand(new CreateTorrentCommand(world))
                .addSubcommand(new PublishCommand(world))
                .addSubcommand(new VerifyCommand(world))
                .addSubcommand(
                        "receipts",
                        new CommandLine(new ReceiptsCommand())
                                .addSubcommand(new ListCommand(world))
                                .addSubcommand(new SubmitCommand(world))
                                .addSubcommand(new VerifyReceiptsCommand(world))
                                .addSubcommand(new ExportCommand(world)))
                .addSubcommand(new SeedCommand(world))
                .addSubcommand(new DownloadCommand(world))
                .addSubcommand(new RunCommand(world))
                .addSubcommand(new CompletionCommand(world))
                .addSubcommand(new ManualCommand(world));
        program.getSubcommands().values().forEach(Main::addHelp);
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(world.out(), true, world.out().charset()))
                .setErr(new PrintWriter(world.err(), true, world.err().charset()))
                .setExecutionExceptionHandler((failure, command, _) -> report(failure, command, world))
                .setParameterExceptionHandler((mistake, _) -> {
                    world.err().println("pbts agent: " + mistake.getMessage() + " (pbts agent --help)");
                    return ExitCode.USAGE;
                })
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Main::addHelp);
    }

    private static int report(Exception failure, CommandLine command, World world) throws Exception {
        Trouble trouble = Trouble.of(failure);
        String sentence = String.valueOf(trouble.getMessage());
        world.err().println("pbts agent: " + sentence);
        ParseResult asked = command.getParseResult();
        if (asked.hasMatchedOption("--json") || asked.hasMatchedOption("--json-lines")) {
            Output.failed(world.out(), sentence, trouble.exitCode());
        }
        return trouble.exitCode();
    }
}
