package io.pbts.reputation.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import org.jspecify.annotations.Nullable;

/** Addresses as the variant's clients write them, with its sentence for what is none. */
final class WalletAddresses {
    private WalletAddresses() {}

    static EthereumAddress read(@Nullable String text) {
        try {
            return EthereumAddress.parse(text == null ? "" : text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", "Invalid Ethereum address", malformed);
        }
    }
}
