package io.pbts.receipt.signature;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.Eip191Receipt;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptV2;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** What wallets sign: strict secp256k1, and whoever is recovered must be the receiver. */
final class WalletSignatures {
    private WalletSignatures() {}

    /** Whether the receiver signed this receipt by {@code personal_sign} (EIP-191). */
    static boolean isSigned(Receipt receipt, Bytes signature) {
        return switch (receipt) {
            case ReceiptV2 v2 -> isPersonal(v2.digest(), v2.receiver(), signature);
            case Eip191Receipt variant -> isPersonal(variant.digest(), variant.receiver(), signature);
            case LegacyHttpReceipt _, Bep10Receipt _ -> false;
        };
    }

    /** Whether the receiver signed this receipt as typed data (EIP-712). */
    static boolean isTyped(Receipt receipt, Bytes signature, Deployment deployment) {
        return receipt instanceof ReceiptV2 v2
                && v2.receiver() instanceof AccountKey.Wallet
                && isBy(v2.receiver(), Secp256k1.recover(TypedReceipt.digest(v2, deployment), signature));
    }

    /** Whether this wallet signed the 32 bytes by {@code personal_sign}. */
    static boolean isPersonal(Bytes32 digest, AccountKey signer, Bytes signature) {
        return isBy(signer, Secp256k1.recoverPersonal(digest, signature));
    }

    private static boolean isBy(AccountKey signer, Recovery recovery) {
        return switch (recovery) {
            case Recovery.Signer(var address) -> signer.equals(new AccountKey.Wallet(address));
            case Recovery.Rejected _ -> false;
        };
    }
}
