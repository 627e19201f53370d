package io.pbts.agent.member;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.World;
import io.pbts.agent.key.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes what a member begins with. What is there stays, so that it may be run again. */
@Command(
        name = "init",
        description =
                "Makes the keys that are not there yet: a BLS key and, with --wallet, a wallet. The first thing to do.")
public final class InitCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Option(names = "--wallet", description = "A wallet too.")
    private boolean wallet;

    public InitCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Folders folders = world.folders();
        Password password = passwords.read(world);
        if (!Files.exists(folders.blsKeystore())) {
            NewKeys.bls(folders, password);
        }
        if (wallet && !Files.exists(folders.walletKeystore())) {
            NewKeys.wallet(folders, password);
        }
        Identity identity = new Identity(folders);
        String publicKey = identity.publicKey().bytes().toUnprefixedHexString();
        Map<String, Object> fields = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("public key  ").append(publicKey);
        fields.put("public_key", publicKey);
        identity.wallet().ifPresent(address -> {
            fields.put("wallet", address.checksummed());
            text.append("%nwallet      ".formatted()).append(address.checksummed());
        });
        fields.put("folder", folders.config().toString());
        text.append("%nkeys are in ".formatted()).append(folders.config());
        output.result(world.out(), "ready", fields, text.toString());
        return ExitCode.OK;
    }
}
