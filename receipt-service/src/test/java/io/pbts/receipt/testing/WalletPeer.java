package io.pbts.receipt.testing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.receipt.facts.Account;

/** Somebody with a wallet and an account. */
public record WalletPeer(Secp256k1SecretKey secret, AccountKey.Wallet key, Account account, Passkey passkey)
        implements Registered {
    @Override
    public boolean proven() {
        return true;
    }
}
