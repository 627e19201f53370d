package io.pbts.reputation.account.origin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

/** What is asked of contract-service about accounts of the tracker before this one. */
interface ContractClient {

    @GetExchange("/internal/v1/origins/{key}")
    Origin origin(@PathVariable("key") String key, @RequestParam("name") String name);

    /**
     * What the ledger says of a key and a name.
     *
     * @param state {@code unknown}, {@code copying} while the history is on its way from the predecessor's contract, or {@code copied}
     * @param chainAccount that the key leads to, 64 hexadecimal digits
     * @param up bytes given there, in decimal
     * @param down bytes taken there, in decimal
     * @param nameHolder the account that has the name, 64 hexadecimal digits; null when it is free
     */
    record Origin(
            String state,
            String chainAccount,
            String up,
            String down,
            long creditMib,
            @Nullable String nameHolder) {
        boolean is(State wanted) {
            return state.equals(wanted.name().toLowerCase(Locale.ROOT));
        }

        boolean leavesTheName() {
            return nameHolder == null || nameHolder.equals(chainAccount);
        }
    }

    /** How far the history of an account has come. */
    enum State {
        UNKNOWN,
        COPYING,
        COPIED
    }
}
