package io.pbts.engine.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.receipt.ReceiptV2;
import org.apache.tuweni.bytes.Bytes;

/** The account that receives, and signs for what it got. */
public sealed interface ReceiptSigner {

    AccountKey key();

    /** The signature over a receipt that names this key as receiver: 96 bytes (BLS) or 65 (EIP-191). */
    Bytes sign(ReceiptV2 receipt);

    /** The signature over a batch that names this key as receiver: 96 bytes (BLS) or 65 (EIP-191). */
    Bytes sign(BatchStatement batch);

    /** Signs with a BLS key. */
    record OfBls(BlsSecretKey secret) implements ReceiptSigner {

        @Override
        public AccountKey.Bls key() {
            return new AccountKey.Bls(secret.publicKey().bytes());
        }

        @Override
        public Bytes sign(ReceiptV2 receipt) {
            return Bls.sign(secret, receipt.signedBytes()).bytes();
        }

        @Override
        public Bytes sign(BatchStatement batch) {
            return Bls.sign(secret, batch.signedBytes()).bytes();
        }
    }

    /** Signs with a wallet's key. */
    record OfWallet(Secp256k1SecretKey secret) implements ReceiptSigner {

        @Override
        public AccountKey key() {
            return new AccountKey.Wallet(secret.address());
        }

        @Override
        public Bytes sign(ReceiptV2 receipt) {
            return secret.signPersonal(receipt.digest());
        }

        @Override
        public Bytes sign(BatchStatement batch) {
            return secret.signPersonal(batch.digest());
        }
    }
}
