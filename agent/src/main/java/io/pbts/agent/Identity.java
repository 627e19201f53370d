package io.pbts.agent;

import io.pbts.agent.key.BlsKeystore;
import io.pbts.agent.key.MalformedKeystore;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.agent.key.WrongPassword;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The keys of this folder, by name or opened. */
final class Identity {

    private final Folders folders;

    Identity(Folders folders) {
        this.folders = folders;
    }

    BlsPublicKey publicKey() throws IOException {
        try {
            return BlsKeystore.publicKey(keystore());
        } catch (MalformedKeystore e) {
            throw unusable(folders.blsKeystore(), e);
        }
    }

    Optional<EthereumAddress> wallet() throws IOException {
        if (!Files.exists(folders.walletKeystore())) {
            return Optional.empty();
        }
        try {
            return Optional.of(WalletKeystore.address(Files.readString(folders.walletKeystore())));
        } catch (MalformedKeystore e) {
            throw unusable(folders.walletKeystore(), e);
        }
    }

    BlsSecretKey open(Password password) throws IOException {
        try {
            return BlsKeystore.decrypt(keystore(), password);
        } catch (MalformedKeystore e) {
            throw unusable(folders.blsKeystore(), e);
        } catch (WrongPassword e) {
            throw unusable(folders.blsKeystore(), e);
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
