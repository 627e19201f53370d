package io.pbts.agent.member;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.key.BlsKeystore;
import io.pbts.agent.key.MalformedKeystore;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.agent.key.WrongPassword;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The keys of this folder, by name or opened. */
public final class Identity {

    private final Folders folders;

    public Identity(Folders folders) {
        this.folders = folders;
    }

    public BlsPublicKey publicKey() throws IOException {
        try {
            return BlsKeystore.publicKey(keystore());
        } catch (MalformedKeystore e) {
            throw unusable(folders.blsKeystore(), e);
        }
    }

    boolean hasBlsKey() {
        return Files.exists(folders.blsKeystore());
    }

    public Optional<EthereumAddress> wallet() throws IOException {
        if (!Files.exists(folders.walletKeystore())) {
            return Optional.empty();
        }
        try {
            return Optional.of(WalletKeystore.address(Files.readString(folders.walletKeystore())));
        } catch (MalformedKeystore e) {
            throw unusable(folders.walletKeystore(), e);
        }
    }

    public BlsSecretKey open(Password password) throws IOException {
        try {
            return BlsKeystore.decrypt(keystore(), password);
        } catch (MalformedKeystore | WrongPassword e) {
            throw unusable(folders.blsKeystore(), e);
        }
    }

    /** The wallet's key. */
    public Secp256k1SecretKey openWallet(Password password) throws IOException {
        try {
            return WalletKeystore.decrypt(Files.readString(folders.walletKeystore()), password);
        } catch (NoSuchFileException e) {
            throw WalletCommand.none();
        } catch (MalformedKeystore | WrongPassword e) {
            throw unusable(folders.walletKeystore(), e);
        }
    }

    private String keystore() throws IOException {
        try {
            return Files.readString(folders.blsKeystore());
        } catch (NoSuchFileException e) {
            throw Trouble.noIdentity("no key here yet (" + folders.blsKeystore() + "): pbts agent init makes one");
        }
    }

    private static Trouble unusable(Path file, Exception why) {
        return Trouble.noIdentity(file + ": " + why.getMessage());
    }
}
