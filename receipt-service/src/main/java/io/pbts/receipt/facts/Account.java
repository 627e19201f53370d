package io.pbts.receipt.facts;

import io.pbts.protocol.account.ChainAccount;

/** Somebody who earns and owes, as reputation-service knows them. */
public record Account(long accountId, String userId, ChainAccount chainAccount) {
    public Account {
        if (accountId < 1) {
            throw new IllegalArgumentException("not an account id: " + accountId);
        }
    }
}
