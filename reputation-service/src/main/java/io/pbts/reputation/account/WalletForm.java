package io.pbts.reputation.account;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import org.jspecify.annotations.Nullable;

/** A registration in the shape of the AI-agent variant, with its sentences for what is wrong; nothing of it is verified yet. */
record WalletForm(EthereumAddress wallet, String message, String signature) {

    static WalletForm read(@Nullable String userAddress, @Nullable String message, @Nullable String signature) {
        if (isMissing(userAddress) || isMissing(message) || isMissing(signature)) {
            throw new Refusal(400, "missing-field", "userAddress, message, and signature are required");
        }
        return new WalletForm(address(String.valueOf(userAddress)), String.valueOf(message), String.valueOf(signature));
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static EthereumAddress address(String text) {
        try {
            return EthereumAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", "Invalid Ethereum address", malformed);
        }
    }
}
