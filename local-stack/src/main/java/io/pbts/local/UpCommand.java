package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.service.Profile;
import io.pbts.local.stack.DetachedUp;
import io.pbts.local.stack.StackOptions;
import io.pbts.local.stack.Up;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the suite. */
@Command(name = "up", description = "starts the suite; Ctrl-C stops it")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--cache-dir", required = true, hidden = true)
    private Path cache = Path.of(".");

    @Option(names = "--detach", description = "return when it is up; ./pbts down stops it")
    private boolean detach;

    @Option(names = "--profile", paramLabel = "local|production", defaultValue = "local")
    private Profile profile = Profile.LOCAL;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8000", converter = PortConverter.class)
    private int port;

    @Option(names = "--announce-port", paramLabel = "N", defaultValue = "6969", converter = PortConverter.class)
    private int announcePort;

    @Override
    public Integer call() {
        Console console = Console.standard();
        if (detach) {
            return new DetachedUp(data.directory(), foreground(), console).run();
        }
        var options = new StackOptions(
                root.toAbsolutePath().normalize(),
                data.directory(),
                cache.toAbsolutePath().normalize(),
                profile,
                port,
                announcePort,
                System.getenv());
        return new Up(options, console, Clock.systemUTC()).run();
    }

    private List<String> foreground() {
        return List.of(
                "up",
                "--data-dir=" + data.directory().path(),
                "--root=" + root.toAbsolutePath(),
                "--cache-dir=" + cache.toAbsolutePath(),
                "--profile=" + profile.text(),
                "--port=" + port,
                "--announce-port=" + announcePort);
    }
}
