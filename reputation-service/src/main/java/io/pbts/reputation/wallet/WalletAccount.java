package io.pbts.reputation.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.reputation.standing.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account by one of its wallets, and when it last gave or took something. */
record WalletAccount(EthereumAddress address, Standing standing, Instant movedAt) {

    /** In bytes, the initial credit included, as on the chain. */
    String uploadBytes() {
        var totals = standing.totals();
        return Long.toString(Math.addExact(totals.credit(), totals.up()));
    }

    /** In bytes. */
    String downloadBytes() {
        return Long.toString(standing.totals().down());
    }

    /** The gate's, rounded down to two decimals; null when nothing was taken and it has no bound. */
    @Nullable
    BigDecimal ratio() {
        return standing.verdict().ratio();
    }
}
