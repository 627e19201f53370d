package io.pbts.agent.member;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.key.MalformedKeystore;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.agent.key.WrongPassword;
import io.pbts.protocol.account.EthereumAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a wallet over from another program. */
@Command(
        name = "import",
        description = "Takes a wallet from a file: a keystore that the password opens, which is kept as it is,"
                + " or 64 hexadecimal digits. Never overwrites one.")
public final class WalletImportCommand implements Callable<Integer> {

    private static final int MAX_FILE = 1 << 16;
    private static final Pattern SECRET = Pattern.compile("(0x)?[0-9a-fA-F]{64}");

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Parameters(paramLabel = "FILE", description = "Keystore, or private key in hexadecimal digits.")
    private Path file = Path.of("");

    public WalletImportCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        String text = read(file);
        Password password = passwords.read(world);
        EthereumAddress address = SECRET.matcher(text.strip()).matches()
                ? NewKeys.wallet(world.folders(), secret(file, text.strip()), password)
                : keep(file, text, password);
        return WalletCommand.tell(world, output, "wallet-imported", address);
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw Trouble.failed(file + " is no keystore: longer than 64 KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Bytes32 secret(Path file, String digits) {
        Bytes32 secret = Bytes32.fromHexString(digits);
        if (!WalletKeystore.isKey(secret)) {
            throw Trouble.failed(file + " holds no private key of secp256k1");
        }
        return secret;
    }

    private EthereumAddress keep(Path file, String keystore, Password password) throws IOException {
        Folders folders = world.folders();
        try {
            EthereumAddress address = WalletKeystore.decrypt(keystore, password).address();
            // The address is told without the password later, so it must be in the file.
            if (!WalletKeystore.address(keystore).equals(address)) {
                throw Trouble.noIdentity(file + ": its address is not that of its key");
            }
            NewKeys.keep(folders.walletKeystore(), keystore);
            return address;
        } catch (MalformedKeystore | WrongPassword e) {
            throw Trouble.noIdentity(file + ": " + e.getMessage());
        }
    }
}
