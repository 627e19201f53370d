package io.pbts.agent.member;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.agent.tracker.Account;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says by which keys and which name this machine is known. */
@Command(name = "whoami", description = "Prints public keys and the account; needs no password and no tracker.")
public final class WhoamiCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    public WhoamiCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Identity identity = new Identity(world.folders());
        Map<String, Object> fields = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        if (identity.hasBlsKey() || identity.wallet().isEmpty()) {
            String publicKey = identity.publicKey().bytes().toUnprefixedHexString();
            fields.put("public_key", publicKey);
            text.append("%npublic key  ".formatted()).append(publicKey);
        }
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
        output.result(world.out(), "identity", fields, text.toString().stripLeading());
        return ExitCode.OK;
    }
}
