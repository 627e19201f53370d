package io.pbts.agent.member;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.PrivateFile;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.key.BlsKeystore;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes32;

/** Keys on their way into a keystore. A keystore that is there is kept. */
final class NewKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private NewKeys() {}

    static BlsPublicKey bls(Folders folders, Password password) throws IOException {
        BlsSecretKey key = BlsSecretKey.random(RANDOM);
        create(folders.blsKeystore(), BlsKeystore.encrypt(key, password, RANDOM));
        return key.publicKey();
    }

    static EthereumAddress wallet(Folders folders, Password password) throws IOException {
        return wallet(folders, WalletKeystore.random(RANDOM), password);
    }

    static EthereumAddress wallet(Folders folders, Bytes32 secret, Password password) throws IOException {
        create(folders.walletKeystore(), WalletKeystore.encrypt(secret, password, RANDOM));
        return Secp256k1SecretKey.fromBytes(secret).address();
    }

    /** Keeps a keystore as another program wrote it. */
    static void keep(Path file, String keystore) throws IOException {
        create(file, keystore);
    }

    private static void create(Path file, String keystore) throws IOException {
        try {
            PrivateFile.create(file, keystore);
        } catch (FileAlreadyExistsException e) {
            throw Trouble.failed("there is a key already, which is kept: " + file);
        }
    }
}
