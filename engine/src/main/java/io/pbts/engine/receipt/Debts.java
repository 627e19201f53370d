package io.pbts.engine.receipt;

import io.pbts.protocol.account.AccountKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The debts of all accounts. Kept by account and not by connection, so that calling again settles nothing. */
final class Debts {

    private static final int MAX_ACCOUNTS = 10_000;

    private final Map<AccountKey, Debt> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountKey, Debt> eldest) {
            return size() > MAX_ACCOUNTS;
        }
    };

    /** What the account owes from now on, and owed before. */
    synchronized Debt of(AccountKey receiver) {
        return accounts.computeIfAbsent(receiver, _ -> new Debt());
    }

    /** Bytes sent ahead of signatures. */
    synchronized long owed(AccountKey receiver) {
        Debt debt = accounts.get(receiver);
        return debt == null ? 0 : debt.owed();
    }
}
