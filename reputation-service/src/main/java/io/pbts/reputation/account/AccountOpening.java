package io.pbts.reputation.account;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.account.grant.PendingGrants;
import io.pbts.reputation.account.origin.Origins;
import io.pbts.reputation.account.origin.Origins.Member;
import io.pbts.reputation.standing.Grant;
import io.pbts.reputation.standing.Inheritance;
import io.pbts.reputation.standing.InitialCreditProperties;
import io.pbts.reputation.standing.Standings;
import io.pbts.support.Refusal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a new account with key, passkey, totals and grant: all of it or nothing. */
@Component
class AccountOpening {
    private final Accounts accounts;
    private final Standings standings;
    private final PendingGrants pendingGrants;
    private final Origins origins;
    private final InitialCreditProperties initialCredit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AccountOpening(
            Accounts accounts,
            Standings standings,
            PendingGrants pendingGrants,
            Origins origins,
            InitialCreditProperties initialCredit,
            TransactionTemplate transaction,
            Clock clock) {
        this.accounts = accounts;
        this.standings = standings;
        this.pendingGrants = pendingGrants;
        this.origins = origins;
        this.initialCredit = initialCredit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Of racing callers with one name, or one key, the constraints let one through; the others are refused with 409. A member
     * of the tracker before this one begins with what it had there and gets no second grant.
     *
     * @return what the account begins with
     */
    Grant open(UserId user, AccountKey key, boolean possessionProven, PasskeyHash passkey) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // what a timestamptz keeps
        Optional<Member> member = origins.of(user, key);
        ChainAccount chainAccount = member.map(Member::chainAccount).orElseGet(key::chainAccount);
        Inheritance inheritance = member.map(Member::inheritance).orElse(Inheritance.NOTHING);
        Grant grant = member.isPresent() ? inheritance.grant() : newcomersGrant(key);
        try {
            transaction.executeWithoutResult(_ -> {
                Account account = accounts.saveAndFlush(
                        Account.register(user, chainAccount, key, possessionProven, passkey, now));
                standings.open(account.id(), grant, inheritance);
                if (grant.isPending() && key instanceof AccountKey.Wallet(var address)) {
                    pendingGrants.add(account.id(), address);
                }
            });
        } catch (DataIntegrityViolationException conflict) {
            throw refusal(conflict);
        }
        return grant;
    }

    private Grant newcomersGrant(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls _ -> initialCredit.grant();
            case AccountKey.Wallet _ -> initialCredit.walletGrant();
        };
    }

    private static RuntimeException refusal(DataIntegrityViolationException conflict) {
        if (conflict.getCause() instanceof ConstraintViolationException violation
                && violation.getConstraintName() != null) {
            switch (violation.getConstraintName()) {
                case "account_user_id_unique" -> {
                    return new Refusal(409, "user-exists", "User already exists", conflict);
                }
                case "account_chain_account_unique", "account_key_unique" -> {
                    return new Refusal(409, "key-taken", "Public key already registered", conflict);
                }
                default -> {}
            }
        }
        return conflict;
    }
}
