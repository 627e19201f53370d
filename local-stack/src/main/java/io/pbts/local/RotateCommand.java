package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import io.pbts.local.service.Rotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces a key of an installation elsewhere, in its folder of secrets (docs/operations.md). */
@Command(name = "rotate", description = "replaces a key in an installation's folder of secrets, step by step")
final class RotateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "STEP", description = "add, use or drop")
    private Rotation.Step step = Rotation.Step.ADD;

    @Parameters(
            index = "1",
            paramLabel = "KEY",
            description = "admin-key, database-passwords, acknowledgement-key, passkey-key or service-keys")
    private Rotation.Key key = Rotation.Key.ADMIN_KEY;

    @Parameters(index = "2", paramLabel = "FOLDER", description = "with a folder per service")
    private Path folder = Path.of("secrets");

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Trouble("not a folder that can be written to: " + folder);
        }
        new Rotation(new Secrets(folder, new SecureRandom())).perform(step, key);
        Console.standard().line("done: %s %s in %s".formatted(step, key, folder));
        return 0;
    }
}
