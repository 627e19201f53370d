package io.pbts.agent.member;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.PrivateFile;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.key.Password;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.SignIn.WalletAccount;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.InstanceId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens an account at a tracker and keeps the passkey, which is shown once. */
@Command(name = "register", description = "Opens an account at a tracker, for the BLS key or for the wallet.")
public final class RegisterCommand implements Callable<Integer> {

    static final String LOCAL = "http://localhost:8000";

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Option(
            names = "--tracker",
            paramLabel = "URL",
            defaultValue = LOCAL,
            description = "The tracker's gateway; else " + LOCAL + ".")
    private URI tracker = URI.create(LOCAL);

    @ArgGroup(multiplicity = "1")
    private Name name = new Name();

    /** One of the two names the account. */
    private static final class Name {
        @Option(names = "--user-id", paramLabel = "NAME", description = "For the BLS key: 1 to 64 of [A-Za-z0-9._@-].")
        private @Nullable String userId;

        @Option(names = "--wallet", description = "For the wallet, whose address is the name.")
        private boolean wallet;
    }

    public RegisterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Folders folders = world.folders();
        if (Files.exists(folders.account())) {
            throw Trouble.failed("there is an account already, which is kept: " + folders.account());
        }
        try (TrackerApi api = new TrackerApi(tracker)) {
            if (name.wallet) {
                registerWallet(folders, api);
            } else {
                registerName(folders, api, new UserId(String.valueOf(name.userId)));
            }
        }
        return ExitCode.OK;
    }

    private void registerName(Folders folders, TrackerApi api, UserId user) throws IOException, InterruptedException {
        BlsSecretKey key = new Identity(folders).open(passwords.read(world));
        Account account = Asked.of(() -> api.register(user, key));
        PrivateFile.create(folders.account(), account.toJson());
        output.result(world.out(), "registered", fields(account), "registered as " + user + " at " + account.tracker());
    }

    private void registerWallet(Folders folders, TrackerApi api) throws IOException, InterruptedException {
        Password password = passwords.read(world);
        Secp256k1SecretKey wallet = new Identity(folders).openWallet(password);
        InstanceId instance = Asked.of(api::instance).id();
        WalletAccount opened = Asked.of(() -> api.signIn().register(wallet, instance));
        Account account = opened.account();
        PrivateFile.create(folders.account(), account.toJson());
        Map<String, Object> fields = fields(account);
        fields.put("grant", opened.grant());
        fields.put("initial_credit", opened.creditBytes());
        output.result(
                world.out(),
                "registered",
                fields,
                "registered as %s at %s; initial credit: %s"
                        .formatted(
                                account.userId(),
                                account.tracker(),
                                Grant.sentence(opened.grant(), opened.creditBytes())));
    }

    private static Map<String, Object> fields(Account account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("user_id", account.userId());
        fields.put("tracker", account.tracker().toString());
        return fields;
    }
}
