package io.pbts.receipt.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.verification.Finding.Refused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one receipt of a report.
 *
 * @param index its place in the report
 * @param code stable; see the table of codes in the service's documentation
 * @param bytes what it is worth, when it was credited or held
 * @param state of a duplicate: {@code credited} or {@code held}
 * @param detail of a refused one: what is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemResult(
        int index,
        String code,
        @Nullable Long bytes,
        @Nullable String state,
        @Nullable String detail) {

    static ItemResult refused(int index, Refused refused) {
        return new ItemResult(index, refused.defect().wireName(), null, null, refused.detail());
    }

    static ItemResult duplicate(int index, State state) {
        return new ItemResult(index, "duplicate", null, name(state), null);
    }

    static ItemResult redeemed(int index, LedgerEntry entry, Outcome outcome) {
        return outcome.first()
                ? new ItemResult(index, name(outcome.state()), entry.bytes(), null, null)
                : duplicate(index, outcome.state());
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
