package io.pbts.agent;

import io.pbts.agent.key.BlsKeystore;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.tuweni.bytes.Bytes32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes keys. What is there is never overwritten: a key that is lost takes its account along. */
@Command(
        name = "init",
        aliases = "keygen",
        description =
                "Makes a BLS key, encrypted by a password (EIP-2335), and with --wallet also a wallet (Web3 Secret Storage).")
final class InitCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Option(names = "--wallet", description = "Make a wallet's key instead of the BLS key.")
    private boolean wallet;

    InitCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Password password = passwords.read(world);
        SecureRandom random = new SecureRandom();
        if (wallet) {
            makeWallet(password, random);
        } else {
            makeBlsKey(password, random);
        }
        return ExitCode.OK;
    }

    private void makeBlsKey(Password password, SecureRandom random) throws IOException {
        BlsSecretKey key = BlsSecretKey.random(random);
        Path file = world.folders().blsKeystore();
        write(file, BlsKeystore.encrypt(key, password, random));
        String publicKey = key.publicKey().bytes().toUnprefixedHexString();
        output.tell(
                world.out(),
                "key-made",
                Map.of("public_key", publicKey, "file", file.toString()),
                "made a BLS key, public key " + publicKey + ", in " + file);
    }

    private void makeWallet(Password password, SecureRandom random) throws IOException {
        Bytes32 secret = WalletKeystore.random(random);
        Path file = world.folders().walletKeystore();
        write(file, WalletKeystore.encrypt(secret, password, random));
        String address = Secp256k1SecretKey.fromBytes(secret).address().checksummed();
        output.tell(
                world.out(),
                "wallet-made",
                Map.of("address", address, "file", file.toString()),
                "made a wallet, address " + address + ", in " + file);
    }

    private static void write(Path file, String keystore) throws IOException {
        try {
            PrivateFile.create(file, keystore);
        } catch (FileAlreadyExistsException e) {
            throw Trouble.failed("there is a key already, which is kept: " + file);
        }
    }
}
