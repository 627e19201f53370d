package io.pbts.agent;

import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.BlsSecretKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens an account at a tracker and keeps the passkey, which is shown once. */
@Command(name = "register", description = "Opens an account at a tracker for the BLS key.")
final class RegisterCommand implements Callable<Integer> {

    private static final URI LOCAL = URI.create("http://localhost:8000");

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Option(names = "--tracker", paramLabel = "URL", description = "The tracker's gateway; else http://localhost:8000.")
    private @Nullable URI tracker;

    @Option(names = "--user-id", required = true, paramLabel = "NAME", description = "1 to 64 of [A-Za-z0-9._@-].")
    private String userId = "";

    RegisterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Folders folders = world.folders();
        if (Files.exists(folders.account())) {
            throw Trouble.failed("there is an account already, which is kept: " + folders.account());
        }
        UserId user = new UserId(userId);
        BlsSecretKey key = new Identity(folders).open(passwords.read(world));
        try (TrackerApi api = new TrackerApi(Optional.ofNullable(tracker).orElse(LOCAL))) {
            Account account = Asked.of(() -> api.register(user, key));
            PrivateFile.create(folders.account(), account.toJson());
            output.tell(
                    world.out(),
                    "registered",
                    Map.of(
                            "user_id",
                            account.userId(),
                            "tracker",
                            account.tracker().toString()),
                    "registered as " + account.userId() + " at " + account.tracker());
        }
        return ExitCode.OK;
    }
}
