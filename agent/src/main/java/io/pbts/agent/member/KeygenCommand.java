package io.pbts.agent.member;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.World;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the BLS key. What is there is never overwritten: a key that is lost takes its account along. */
@Command(
        name = "keygen",
        description =
                "Makes a BLS key, encrypted by a password (EIP-2335), and prints its public key. Never overwrites.")
public final class KeygenCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    public KeygenCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        String publicKey =
                NewKeys.bls(world.folders(), passwords.read(world)).bytes().toUnprefixedHexString();
        String file = world.folders().blsKeystore().toString();
        output.result(
                world.out(),
                "key-made",
                Map.of("public_key", publicKey, "file", file),
                "made a BLS key, public key " + publicKey + ", in " + file);
        return ExitCode.OK;
    }
}
