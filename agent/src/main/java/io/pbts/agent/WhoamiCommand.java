package io.pbts.agent;

import io.pbts.agent.tracker.Account;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says by which keys and which name this machine is known. */
@Command(name = "whoami", description = "Prints public keys and the account; needs no password and no tracker.")
final class WhoamiCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    WhoamiCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Identity identity = new Identity(world.folders());
        Map<String, Object> fields = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        String publicKey = identity.publicKey().bytes().toUnprefixedHexString();
        fields.put("public_key", publicKey);
        text.append("public key  ").append(publicKey);
        identity.wallet().ifPresent(address -> {
            fields.put("wallet", address.checksummed());
            text.append("%nwallet      ".formatted()).append(address.checksummed());
        });
        Accounts.find(world.folders()).ifPresent((Account account) -> {
            fields.put("user_id", account.userId());
            fields.put("tracker", account.tracker().toString());
            text.append("%naccount     ".formatted()).append(account.userId());
            text.append("%ntracker     ".formatted()).append(account.tracker());
        });
        output.tell(world.out(), "identity", fields, text.toString());
        return ExitCode.OK;
    }
}
