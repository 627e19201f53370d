package io.pbts.reputation.directory;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.reputation.standing.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An account as the other services name it. */
record AccountView(AccountId accountId, String userId, String chainAccount) {

    static AccountView of(ResultSet row) throws SQLException {
        return new AccountView(
                new AccountId(row.getLong("account_id")),
                row.getString("user_id"),
                ChainAccount.ofBytes(row.getBytes("chain_account")).hex());
    }
}
