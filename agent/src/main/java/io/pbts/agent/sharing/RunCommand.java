package io.pbts.agent.sharing;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.Screen;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes part in many torrents, as a file says, until it is told to stop. */
@Command(
        name = "run",
        description =
                "Seeds and downloads what a policy file names, until a signal or what the file says; a change of the file"
                        + " is followed at once. Started again, it goes on. What cannot be done now is tried again each"
                        + " minute.")
public final class RunCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Parameters(
            paramLabel = "POLICY",
            description =
                    "Java properties: seed, download, tags (lists with commas), folder, port, receipts, upload-limit,"
                            + " download-limit, max-disk, stop-after (seconds), stop-ratio.")
    private Path file = Path.of("");

    public RunCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PolicyFile said = new PolicyFile(file);
        Policy policy = policy(said);
        Screen screen = new Screen(world, output);
        try (Visit visit = Visit.open(world, passwords)) {
            Map<String, Object> fields = new Daemon(said, visit, screen).run(policy);
            Standing after = visit.now();
            Standing.put(fields, visit.before(), after);
            screen.result(
                    "stopped",
                    fields,
                    "stopped; " + Daemon.sentence(fields) + ", "
                            + visit.before().until(after));
        }
        return ExitCode.OK;
    }

    private static Policy policy(PolicyFile said) throws IOException {
        try {
            return said.policy();
        } catch (IllegalArgumentException e) {
            throw Trouble.failed(String.valueOf(e.getMessage()));
        }
    }
}
