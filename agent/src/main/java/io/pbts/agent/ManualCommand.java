package io.pbts.agent;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.World;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** Writes the manual page from what the commands say of themselves, so that neither is ahead of the other. */
@Command(name = "manual", description = "Prints the manual page of all commands: pbts agent manual | man -l -")
final class ManualCommand implements Callable<Integer> {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PBTS_PASSWORD",
                    "The password of the keystores; else that of --password-file, else asked for at a terminal.",
            "XDG_CONFIG_HOME", "Keys, account and session are in pbts/ below it; else in ~/.config/pbts.",
            "XDG_STATE_HOME", "Receipts and the state of torrents are in pbts/ below it; else in ~/.local/state/pbts.",
            "NO_COLOR", "Set to anything: no colours.");

    private final World world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ManualCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        Roff page = new Roff();
        page.title("PBTS-AGENT", 1, "PBTS", "PBTS manual");
        page.section("NAME");
        page.text("pbts-agent - a member of a private BitTorrent tracker with earned reputation");
        page.section("SYNOPSIS");
        page.text(synopsis(program));
        page.section("DESCRIPTION");
        page.text(String.join(" ", program.getCommandSpec().usageMessage().description()));
        page.section("COMMANDS");
        program.getSubcommands().values().forEach(command -> describe(page, command));
        page.section("EXIT STATUS");
        program.getCommandSpec().usageMessage().exitCodeList().forEach(page::item);
        page.section("ENVIRONMENT");
        ENVIRONMENT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> page.item(variable.getKey(), variable.getValue()));
        world.out().print(page.text());
        world.out().flush();
        return ExitCode.OK;
    }

    private static void describe(Roff page, CommandLine command) {
        CommandSpec described = command.getCommandSpec();
        page.subsection(described.qualifiedName());
        page.text(synopsis(command));
        page.text(String.join(" ", described.usageMessage().description()));
        for (PositionalParamSpec parameter : described.positionalParameters()) {
            page.item(parameter.paramLabel(), sentence(parameter));
        }
        for (OptionSpec option : described.options()) {
            if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                page.item(label(option), sentence(option));
            }
        }
        command.getSubcommands().values().forEach(deeper -> describe(page, deeper));
    }

    private static String synopsis(CommandLine command) {
        Help help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
        return help.synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private static String label(OptionSpec option) {
        String names = String.join(", ", List.of(option.names()));
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static String sentence(ArgSpec argument) {
        return String.join(" ", argument.description());
    }
}
