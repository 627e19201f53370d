package io.pbts.reputation.signin;

import io.pbts.protocol.signin.SignedRequest;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.reputation.standing.AccountId;
import java.util.Optional;

/**
 * What a key signs for. A challenge to add a key is one account's: whoever sees its answer on the way cannot add the key to
 * an account of theirs.
 *
 * @param account which account takes the key up; empty for what no account stands behind yet
 */
public record Intent(SignedRequest request, Optional<AccountId> account) {
    public static final Intent SIGN_IN = new Intent(SigningPurpose.SIGN_IN, Optional.empty());
    public static final Intent REGISTER = new Intent(SigningPurpose.REGISTER, Optional.empty());

    public Intent {
        if (account.isPresent() != (request == SigningPurpose.ADD_KEY)) {
            throw new IllegalArgumentException("a key is added to an account, and nothing else is: " + request);
        }
    }

    public static Intent addKeyTo(AccountId account) {
        return new Intent(SigningPurpose.ADD_KEY, Optional.of(account));
    }

    /** An act of a wallet; whose account it is, is asked afterwards. */
    public static Intent of(WalletAct act) {
        return new Intent(act, Optional.empty());
    }
}
