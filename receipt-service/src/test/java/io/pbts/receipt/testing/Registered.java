package io.pbts.receipt.testing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.Passkey;
import io.pbts.receipt.facts.Account;

/** Somebody with one key and an account. */
public sealed interface Registered permits Peer, WalletPeer {
    AccountKey key();

    Account account();

    Passkey passkey();

    boolean proven();

    default long id() {
        return account().accountId();
    }

    default String name() {
        return account().userId();
    }
}
