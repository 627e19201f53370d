package io.pbts.reputation.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.reputation.signin.Intent;
import io.pbts.reputation.signin.KeyProofs;
import io.pbts.support.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a wallet signed for an act, this once, and whose account it speaks for. */
@Component
class WalletActs {
    private final KeyProofs proofs;
    private final Wallets wallets;

    WalletActs(KeyProofs proofs, Wallets wallets) {
        this.proofs = proofs;
        this.wallets = wallets;
    }

    /** The wallet's account. The challenge is used up in any case. */
    WalletAccount require(WalletAct act, EthereumAddress wallet, @Nullable String message, @Nullable String signature) {
        if (!signer(act, message, signature).equals(wallet)) {
            throw new Refusal(401, "invalid-signature", "Invalid signature");
        }
        return require(wallet);
    }

    WalletAccount require(EthereumAddress wallet) {
        return wallets.find(wallet).orElseThrow(() -> new Refusal(404, "unknown-user", "User is not registered"));
    }

    private EthereumAddress signer(WalletAct act, @Nullable String message, @Nullable String signature) {
        try {
            return proofs.wallet(Intent.of(act), message, signature);
        } catch (Refusal refused) {
            throw refused.code().equals("message-malformed") ? notAChallenge(act, refused) : refused;
        }
    }

    private static Refusal notAChallenge(WalletAct act, Refusal refused) {
        String fields =
                switch (act) {
                    case WalletAct.Announce _ -> "info_hash and event";
                    case WalletAct.BindPeer _ -> "peer_id";
                };
        return new Refusal(
                400,
                refused.code(),
                "%s; sign the message that POST /api/v1/challenges answers to purpose %s, kind wallet, address, %s"
                        .formatted(refused.sentence(), act.wireName(), fields),
                refused);
    }
}
