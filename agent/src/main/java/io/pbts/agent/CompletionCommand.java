package io.pbts.agent;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.World;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Teaches a shell the commands and options. */
@Command(
        name = "completion",
        description = "Prints a script of completions for bash and zsh: source <(pbts agent completion)")
final class CompletionCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        CommandLine pbts = new CommandLine(CommandSpec.create().name("pbts"));
        pbts.addSubcommand("agent", spec.root().commandLine());
        world.out().println(AutoComplete.bash("pbts", pbts));
        return ExitCode.OK;
    }
}
