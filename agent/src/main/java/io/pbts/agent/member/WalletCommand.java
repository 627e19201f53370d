package io.pbts.agent.member;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.protocol.account.EthereumAddress;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The wallet, for trackers that want one: its keystore can be opened by geth and other wallets. */
@Command(
        name = "wallet",
        synopsisSubcommandLabel = "create|import|show",
        description = "A wallet in a keystore (Web3 Secret Storage 3): made, taken from a file, or shown.")
public final class WalletCommand {

    private final World world;

    public WalletCommand(World world) {
        this.world = world;
    }

    @Command(name = "create", description = "Makes a wallet. Never overwrites one.")
    int create(@Mixin Output output, @Mixin PasswordOptions passwords) throws IOException {
        return tell(output, "wallet-made", NewKeys.wallet(world.folders(), passwords.read(world)));
    }

    @Command(name = "show", description = "Prints the wallet's address; needs no password.")
    int show(@Mixin Output output) throws IOException {
        return tell(output, "wallet", new Identity(world.folders()).wallet().orElseThrow(WalletCommand::none));
    }

    static Trouble none() {
        return Trouble.noIdentity(
                "no wallet here yet: pbts agent wallet create makes one, pbts agent wallet import takes one");
    }

    private int tell(Output output, String event, EthereumAddress address) {
        return tell(world, output, event, address);
    }

    static int tell(World world, Output output, String event, EthereumAddress address) {
        String file = world.folders().walletKeystore().toString();
        output.result(
                world.out(),
                event,
                Map.of("address", address.checksummed(), "file", file),
                address.checksummed() + " in " + file);
        return ExitCode.OK;
    }
}
