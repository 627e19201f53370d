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
import io.pbts.agent.tracker.Tokens;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.receipt.InstanceId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens a session by a key, and gets the account back where only the key is left of it. */
@Command(
        name = "login",
        description = "Signs in by the account's key and keeps the session. Where the account file is lost, or with"
                + " --new-passkey, gets a new passkey; the old one ends after the tracker's grace.")
public final class LoginCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Option(
            names = "--tracker",
            paramLabel = "URL",
            description = "The tracker's gateway, where no account is here; else " + RegisterCommand.LOCAL + ".")
    private @Nullable URI tracker;

    @Option(names = "--wallet", description = "By the wallet's key, where no account is here.")
    private boolean wallet;

    @Option(names = "--new-passkey", description = "Replace the passkey, for instance when somebody else saw it.")
    private boolean newPasskey;

    public LoginCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Folders folders = world.folders();
        Optional<Account> account = Accounts.find(folders);
        URI url = account.map(Account::tracker)
                .orElse(Optional.ofNullable(tracker).orElse(URI.create(RegisterCommand.LOCAL)));
        if (account.isPresent() && tracker != null && !tracker.equals(url)) {
            throw Trouble.failed("the account here is at " + url + "; give another one another XDG_CONFIG_HOME");
        }
        ReceiptSigner key = key(folders, account);
        try (TrackerApi api = new TrackerApi(url)) {
            InstanceId instance = Asked.of(api::instance).id();
            if (account.isPresent() && !account.get().instance().equals(instance)) {
                throw Trouble.noIdentity("the account is of another tracker than the one at " + url);
            }
            Tokens tokens = Asked.of(() -> api.signIn().open(key, instance));
            new Session(folders, Clock.systemUTC()).keep(tokens);
            boolean renew = newPasskey || account.isEmpty();
            if (renew) {
                Account renewed = Asked.of(() -> api.signIn().newPasskey(tokens, instance));
                PrivateFile.replace(folders.account(), renewed.toJson());
            }
            output.result(
                    world.out(),
                    "signed-in",
                    Map.of("user_id", tokens.userId(), "tracker", url.toString(), "new_passkey", renew),
                    "signed in as %s at %s%s".formatted(tokens.userId(), url, renew ? ", with a new passkey" : ""));
        }
        return ExitCode.OK;
    }

    private ReceiptSigner key(Folders folders, Optional<Account> account) throws IOException {
        Password password = passwords.read(world);
        if (account.isPresent()) {
            return Members.signer(folders, password, account.get());
        }
        Identity identity = new Identity(folders);
        return wallet
                ? new ReceiptSigner.OfWallet(identity.openWallet(password))
                : new ReceiptSigner.OfBls(identity.open(password));
    }
}
